import Foundation

/// A user of the operating system.
struct SystemUser: Sendable, Equatable {
    let id: UInt32
    let name: String
    let groupID: UInt32
    /// The home folder.
    let home: String

    /// The user of that id.
    init?(id: UInt32) {
        self.init { entry, buffer, size, result in getpwuid_r(id, entry, buffer, size, result) }
    }

    /// The user of that name.
    init?(name: String) {
        self.init { entry, buffer, size, result in getpwnam_r(name, entry, buffer, size, result) }
    }

    private typealias Lookup = (
        UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int,
        UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
    ) -> Int32

    private init?(_ lookup: Lookup) {
        var entry = passwd()
        var buffer = [CChar](repeating: 0, count: 16 * 1024)
        var result: UnsafeMutablePointer<passwd>?
        let found: (id: UInt32, name: String, group: UInt32, home: String)? =
            buffer.withUnsafeMutableBufferPointer { bytes in
                guard let base = bytes.baseAddress, lookup(&entry, base, bytes.count, &result) == 0,
                    result != nil
                else { return nil }
                return (
                    entry.pw_uid, String(cString: entry.pw_name), entry.pw_gid, String(cString: entry.pw_dir)
                )
            }
        guard let found else { return nil }
        id = found.id
        name = found.name
        groupID = found.group
        home = found.home
    }
}
