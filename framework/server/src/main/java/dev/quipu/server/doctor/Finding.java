package dev.quipu.server.doctor;

/**
 * What a look at one thing found.
 *
 * @param name the thing
 * @param status whether it is as it should be
 * @param found what is there
 * @param remedy what to do; empty when there is nothing to do
 */
public record Finding(String name, Status status, String found, String remedy) {
    /** How well a thing is. */
    public enum Status {
        /** As it should be, or not needed. */
        OK,
        /** Works, but less well or not for everything. */
        WARN,
        /** Something that is needed is missing. */
        FAIL
    }

    static Finding ok(String name, String found) {
        return new Finding(name, Status.OK, found, "");
    }

    static Finding warn(String name, String found, String remedy) {
        return new Finding(name, Status.WARN, found, remedy);
    }

    static Finding fail(String name, String found, String remedy) {
        return new Finding(name, Status.FAIL, found, remedy);
    }
}
