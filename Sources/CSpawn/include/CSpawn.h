#ifndef BELLWETHER_CSPAWN_H
#define BELLWETHER_CSPAWN_H

#include <sys/types.h>

/// How a command is run. Its descriptors are 10 or more, so that none is overwritten on the way.
struct bellwether_command {
    /// The executable's full path and its arguments, ended by NULL.
    char *const *arguments;
    /// The whole environment, ended by NULL.
    char *const *environment;
    /// Becomes standard input.
    int input;
    /// Becomes standard output and standard error.
    int output;
    /// Stays open as descriptor 3; -1 for none. Every other descriptor is closed.
    int held;
    /// Whether the command leaves our session, and with it our terminal.
    int own_session;
    /// The user to become; NULL to stay who we are.
    const char *user;
    uid_t user_id;
    gid_t group_id;
};

/// Starts a command in `/` with ordinary signals.
///
/// Returns its process id, or -1 with the error number in *error when it could not be run.
pid_t bellwether_spawn(const struct bellwether_command *command, int *error);

#endif
