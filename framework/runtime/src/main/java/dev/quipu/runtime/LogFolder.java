package dev.quipu.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder of a log: names its segments, and creates files that only their owner may read. */
final class LogFolder {
    private static final Pattern SEGMENT = Pattern.compile("conversations-(\\d{8})\\.v1\\.log");

    private final Path path;
    private final boolean posix;

    LogFolder(Path path) throws IOException {
        this.path = path;
        this.posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        Files.createDirectories(path, permissions("rwx------"));
    }

    Path path() {
        return path;
    }

    /** The segments that exist, by number. */
    SortedMap<Integer, Path> segments() throws IOException {
        SortedMap<Integer, Path> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(path)) {
            files.forEach(file -> {
                Matcher matcher = SEGMENT.matcher(file.getFileName().toString());
                if (matcher.matches()) {
                    found.put(Integer.valueOf(matcher.group(1)), file);
                }
            });
        }
        return found;
    }

    Path segment(int number) {
        return path.resolve("conversations-%08d.v1.log".formatted(number));
    }

    /** Opens a segment for appending and makes its name durable. */
    AppendFile append(Path segment) throws IOException {
        FileChannel channel = open(segment);
        try {
            force();
            channel.position(channel.size());
            return new ChannelFile(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    FileChannel lockFile() throws IOException {
        return open(path.resolve("lock"));
    }

    private FileChannel open(Path file) throws IOException {
        Set<OpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        return FileChannel.open(file, options, permissions("rw-------"));
    }

    /** Only POSIX systems let a process synchronise a folder; elsewhere the file system itself keeps names safe. */
    private void force() throws IOException {
        if (posix) {
            try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }

    private FileAttribute<?>[] permissions(String mode) {
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    private record ChannelFile(FileChannel channel) implements AppendFile {
        @Override
        public void append(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size).position(size);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
