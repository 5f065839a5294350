package dev.quipu.testkit;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/**
 * Every package is a slice of its own, but an internal package belongs to the one above it: the two are one part whose
 * inside is hidden, and refer to each other.
 */
final class PackageSlices implements SliceAssignment {
    private static final String INTERNAL = ".internal";

    static boolean isInternal(String packageName) {
        return packageName.endsWith(INTERNAL) || packageName.contains(INTERNAL + ".");
    }

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
        if (!ModuleMap.contains(type)) {
            return SliceIdentifier.ignore();
        }
        String name = type.getPackageName();
        int internal = isInternal(name) ? (name + ".").indexOf(INTERNAL + ".") : -1;
        return SliceIdentifier.of(internal < 0 ? name : name.substring(0, internal));
    }

    @Override
    public String getDescription() {
        return "packages, each with its internal ones";
    }
}
