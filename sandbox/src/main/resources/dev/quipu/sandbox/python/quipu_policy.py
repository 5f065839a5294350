"""Which system calls a jail may make. What is in no list fails with EPERM."""

ALLOWED = """
read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 open openat close close_range
stat fstat lstat newfstatat statx access faccessat faccessat2 lseek poll ppoll select pselect6
epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2 eventfd2
timerfd_create timerfd_settime timerfd_gettime
mmap munmap mprotect mremap madvise brk futex futex_waitv set_robust_list get_robust_list rseq set_tid_address
rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigsuspend sigaltstack
getpid getppid gettid getuid geteuid getgid getegid getgroups getresuid getresgid getpgrp getpgid getsid
clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday time times getrusage sysinfo uname
sched_yield sched_getaffinity getcpu getcwd chdir fchdir mkdir mkdirat rmdir unlink unlinkat
rename renameat renameat2 ftruncate truncate fsync fdatasync flock chmod fchmod fchmodat umask utimensat
link linkat symlink symlinkat readlink readlinkat getdents64 statfs fstatfs fallocate copy_file_range sendfile
dup dup2 dup3 pipe pipe2 getrandom exit exit_group wait4 waitid alarm getitimer setitimer
getrlimit restart_syscall sched_getparam sched_getscheduler sched_get_priority_max
sched_get_priority_min membarrier sendmsg recvmsg shutdown getsockopt getsockname getpeername
""".split()

# Nobody calls these by mistake (as libraries of numbers do mbind, which is just refused): the jail ends, and the verdict names the call.
FORBIDDEN = """
ptrace process_vm_readv process_vm_writev mount umount2 pivot_root chroot unshare setns bpf perf_event_open
userfaultfd io_uring_setup io_uring_enter io_uring_register keyctl add_key request_key kexec_load
kexec_file_load init_module finit_module delete_module open_by_handle_at name_to_handle_at move_pages
migrate_pages iopl ioperm swapon swapoff reboot setuid setgid setreuid setregid setresuid
setresgid setgroups setfsuid setfsgid capset fsopen fsmount fsconfig fspick move_mount open_tree mount_setattr
pidfd_getfd pidfd_send_signal pidfd_open landlock_create_ruleset seccomp personality shmget shmat shmctl semget
msgget mq_open memfd_create memfd_secret mknod mknodat vmsplice acct quotactl kcmp syslog settimeofday
clock_settime adjtimex clock_adjtime sethostname setdomainname socket connect bind listen accept accept4
sendmmsg recvmmsg fanotify_init execve execveat modify_ldt process_madvise process_mrelease
""".split()

# glibc falls back from clone3, whose flags no filter can see, to clone.
ABSENT = ['clone3']

THREAD = 0x00010000
NAMESPACES = 0x7E020080
STREAM = 1
ANY_TYPE = 0xF
IOCTLS = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)  # TCGETS TIOCGWINSZ FIONREAD FIONBIO FIONCLEX FIOCLEX
NO_FCNTL = (8, 10, 15, 1024, 1026, 1031)  # signals to others, leases, bigger pipes
PRCTLS = (15, 16, 0x53564D41)  # names of threads and of memory

# name: rules tried in order, each (argument, operator, value(s), then); the last entry is what holds otherwise.
CONDITIONS = {
    'clone': [(0, 'any', NAMESPACES, 'deny'), (0, 'any', THREAD, 'allow'), 'deny'],
    'socketpair': [(0, 'ne', 1, 'kill'), (1, 'masked', (ANY_TYPE, STREAM), 'allow'), 'deny'],
    'sendto': [(4, 'null', 0, 'allow'), 'kill'],
    'recvfrom': [(4, 'null', 0, 'allow'), 'deny'],
    'prlimit64': [(0, 'eq', 0, 'allow'), 'deny'],
    'prctl': [(0, 'in', PRCTLS, 'allow'), 'deny'],
    'ioctl': [(1, 'in', IOCTLS, 'allow'), 'deny'],
    'fcntl': [(1, 'in', NO_FCNTL, 'deny'), 'allow'],
    'kill': ['allow'],
    'tgkill': ['allow'],
}


def own_process_only(pid):
    """For jails without a process namespace: signals reach nobody but the jail itself."""
    only = [(0, 'eq', pid, 'allow'), 'deny']
    return {**CONDITIONS, 'kill': only, 'tgkill': only}
