package dev.quipu.training.data;

import dev.quipu.QuipuException;
import org.jspecify.annotations.Nullable;

/** A failure of the preparation of data. No file of an earlier preparation was changed. */
public final class DataException extends QuipuException {
    private static final long serialVersionUID = 1L;

    public DataException(DataError code, String detail) {
        this(code, detail, null);
    }

    public DataException(DataError code, String detail, @Nullable Throwable cause) {
        super(code, detail, cause);
    }

    /** A row that is of no known form. */
    static DataException form(String place, String why, @Nullable Throwable cause) {
        return new DataException(DataError.FORM, place + " " + why + ".", cause);
    }

    static void require(boolean holds, String wrong) {
        if (!holds) {
            throw new DataException(DataError.OPTION, wrong + ".");
        }
    }
}
