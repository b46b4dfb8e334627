import Foundation

/// The first executable of that name in a list of folders such as `PATH`.
func executable(_ name: String, in path: String) -> String? {
    path.split(separator: ":").filter { $0.hasPrefix("/") }.map { $0 + "/" + name }
        .first { isExecutable($0) }
}

/// Whether a path is a file that we may execute.
func isExecutable(_ path: String) -> Bool {
    var found = stat()
    return stat(path, &found) == 0 && found.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
}
