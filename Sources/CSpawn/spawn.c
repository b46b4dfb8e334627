// Swift has no fork, and posix_spawn cannot become another user.
#define _GNU_SOURCE
#include "CSpawn.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__APPLE__)
typedef int group_number;  // What getgrouplist takes there.
#else
typedef gid_t group_number;
#endif

// The child's descriptors: 0, 1, 2, the held one, and where it reports why it could not go on.
enum { held_place = 3, report_place = 4, first_closed = 5, most_groups = 256 };

#if defined(__GLIBC__)
#if __GLIBC_PREREQ(2, 34)
#define HAS_CLOSEFROM
#endif
#endif

static void close_from(int first) {
#if defined(HAS_CLOSEFROM)
    closefrom(first);
#else
    long limit = sysconf(_SC_OPEN_MAX);
    if (limit < 0 || limit > 65536) limit = 65536;
    for (int descriptor = first; descriptor < limit; descriptor++) close(descriptor);
#endif
}

// Runs in the child, where it may call nothing that takes a lock: a thread that no longer exists
// may have held it. Returns only when something failed.
static void become(const struct bellwether_command *command, const group_number *groups, int group_count) {
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);

    if (command->own_session && setsid() < 0) return;
    if (dup2(command->input, 0) < 0 || dup2(command->output, 1) < 0 || dup2(command->output, 2) < 0) return;
    if (command->held < 0) {
        close(held_place);
    } else if (dup2(command->held, held_place) < 0) {
        return;
    }
    close_from(first_closed);
    if (chdir("/") < 0) return;
    if (command->user != NULL) {
        // Groups first: afterwards we may not.
        if (setgroups(group_count, (const gid_t *)groups) < 0) return;
        if (setgid(command->group_id) < 0 || setuid(command->user_id) < 0) return;
    }
    execve(command->arguments[0], command->arguments, command->environment);
}

static int closing_pipe(int ends[2]) {
#if defined(__linux__)
    return pipe2(ends, O_CLOEXEC);
#else
    if (pipe(ends) < 0) return -1;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    return 0;
#endif
}

pid_t bellwether_spawn(const struct bellwether_command *command, int *error) {
    group_number groups[most_groups];
    int group_count = most_groups;
    if (command->user != NULL
        && getgrouplist(command->user, (group_number)command->group_id, groups, &group_count) < 0) {
        group_count = most_groups;
    }
    int ends[2];
    if (closing_pipe(ends) < 0) {
        *error = errno;
        return -1;
    }

    // No handler of ours may run in the child.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t child = fork();
    if (child == 0) {
        if (dup2(ends[1], report_place) >= 0 && fcntl(report_place, F_SETFD, FD_CLOEXEC) >= 0) {
            become(command, groups, group_count);
            int reason = errno;
            (void)!write(report_place, &reason, sizeof reason);
        }
        _exit(127);
    }
    int reason = child < 0 ? errno : 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);

    // A command that runs has closed its end without a word.
    close(ends[1]);
    if (child > 0) {
        ssize_t count;
        do count = read(ends[0], &reason, sizeof reason);
        while (count < 0 && errno == EINTR);
        if (count == (ssize_t)sizeof reason) {
            while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
            child = -1;
        } else {
            reason = 0;
        }
    }
    close(ends[0]);
    *error = reason;
    return child;
}
