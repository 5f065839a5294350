"""Folders that a hostile job has filled: measured, and removed, by a process that must not fail at it.

Nothing here recurses, for a job nests folders as deep as it likes, and no path is put together, for it may be longer than
the kernel takes. No link is followed.
"""
import os
import secrets
import stat

DEEPEST = 100
FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW


def overfull(home, size, count):
    """Whether a folder holds more than it may, or hides what it holds. What has just gone holds nothing."""
    levels = []
    try:
        levels.append(entered(home))
        while levels:
            descriptor, names = levels[-1]
            if not names:
                os.close(levels.pop()[0])
                continue
            try:
                name = names.pop()
                found = os.stat(name, dir_fd=descriptor, follow_symlinks=False)
                size -= found.st_blocks * 512
                count -= 1
                if size < 0 or count < 0 or len(levels) > DEEPEST:
                    return True
                if stat.S_ISDIR(found.st_mode):
                    levels.append(entered(name, descriptor))
            except FileNotFoundError:
                pass
    except FileNotFoundError:
        pass
    except OSError:
        return True
    finally:
        for descriptor, _ in levels:
            os.close(descriptor)
    return False


def entered(name, above=None):
    descriptor = os.open(name, FOLDER, dir_fd=above)
    try:
        return descriptor, os.listdir(descriptor)
    except OSError:
        os.close(descriptor)
        raise


def remove_of_the_dead(above, prefix):
    """Removes what processes that were killed have left: folders named by the prefix and the number of the process."""
    for name in os.listdir(above):
        number = name[len(prefix):].split('-')[0]
        if name.startswith(prefix) and number.isdigit():
            try:
                os.kill(int(number), 0)
            except ProcessLookupError:
                remove(os.path.join(above, name))
            except (OSError, OverflowError):
                pass


def remove(home):
    """Removes a folder whose job has ended. Folders in folders are moved to the top and emptied there."""
    attempt(os.chmod, home, 0o700)
    try:
        top = os.open(home, FOLDER)
    except OSError:
        return
    mark = secrets.token_hex(8)
    waiting, moved = ['.'], 0
    while waiting:
        folder = waiting.pop()
        for name, descriptor in kept(top, folder):
            put = name
            if folder != '.':
                moved += 1
                put = mark + str(moved)
                attempt(os.rename, name, put, src_dir_fd=descriptor, dst_dir_fd=top)
            waiting.append(put)
        if folder != '.':
            attempt(os.rmdir, folder, dir_fd=top)
    os.close(top)
    attempt(os.rmdir, home)


def kept(top, folder):
    """Unlinks the files of a folder, and tells the folders in it."""
    try:
        descriptor = os.open(folder, FOLDER, dir_fd=top)
    except OSError:
        return
    try:
        for name in os.listdir(descriptor):
            if not attempt(os.unlink, name, dir_fd=descriptor):
                # It can be a folder only, and its mode is the job's.
                attempt(os.chmod, name, 0o700, dir_fd=descriptor)
                yield name, descriptor
    finally:
        os.close(descriptor)


def attempt(action, *arguments, **named):
    try:
        action(*arguments, **named)
        return True
    except OSError:
        return False
