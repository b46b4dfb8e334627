import Foundation
import Model
import Testing

@testable import PrivateServer

/// The parts that need no server.
@Suite struct PartsTests {
    @Test func `an address is a URL with every unusual byte escaped`() {
        let address = ServerAddress(socketDirectory: "/tmp/ü b,c%d'e/run")
        #expect(
            address.url
                == "postgresql://bellwether@%2Ftmp%2F%C3%BC%20b%2Cc%25d%27e%2Frun:5432/bellwether")
        #expect(
            address.keywords == [
                "host": "/tmp/ü b,c%d'e/run", "port": "5432", "dbname": "bellwether", "user": "bellwether",
            ])
    }

    @Test func `a process note is read`() throws {
        let text = "4711\n/home/eva/pg\n1790000000\n5432\n/home/eva/run\n\n  1234  5678\nready   \n"
        let note = try #require(ProcessNote(text))
        #expect(note.processID == 4711)
        #expect(note.dataFolder == "/home/eva/pg")
        #expect(note.startedAt == 1_790_000_000)
        #expect(note.socketDirectory == "/home/eva/run")
        #expect(note.isReady)
        #expect(ProcessNote(text.replacing("ready   ", with: "starting"))?.isReady == false)
        #expect(ProcessNote("") == nil)
        #expect(ProcessNote("4711\n/home/eva/pg\n179") == nil, "half written")
        #expect(ProcessNote("four\n/home/eva/pg\n1790000000\n5432\n/run\n") == nil)
    }

    @Test func `a command sees a clean world`() throws {
        setenv("PGHOST", "elsewhere", 1)
        let stray = open("/dev/null", O_RDONLY)
        defer { close(stray) }
        let environment = try Subprocess.run(["/usr/bin/env"]).output
        #expect(environment == "LC_ALL=C\nPATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin\n")
        #expect(try Subprocess.run(["/bin/pwd"]).output == "/\n")
        #expect(try Subprocess.run(["/bin/cat"], input: "text").output == "text")
        #if os(Linux)
            // 3 is the listing's own.
            #expect(try Subprocess.run(["/bin/ls", "/proc/self/fd"]).output == "0\n1\n2\n3\n")
        #endif
    }

    @Test func `a command's end is told`() throws {
        #expect(try Subprocess.run(["/bin/sh", "-c", "exit 3"]).status == 3)
        #expect(try Subprocess.run(["/bin/sh", "-c", "kill -9 $$"]).status == 137)
        let both = try Subprocess.run(["/bin/sh", "-c", "echo out; echo err >&2"])
        #expect(both.output == "out\nerr\n")
        let error = #expect(throws: Subprocess.Failure.self) { try Subprocess.run(["/nowhere/tool"]) }
        #expect(error?.text == "/nowhere/tool cannot be run: No such file or directory")
    }

    @Test func `of a long output the end is kept`() throws {
        let outcome = try Subprocess.run([
            "/bin/sh", "-c", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); echo $i; done",
        ])
        #expect(outcome.output.utf8.count == 16 * 1024)
        #expect(outcome.output.hasSuffix("\n19999\n20000\n"))
    }

    @Test(.enabled(if: isRoot)) func `a command of another user has none of root's rights`() throws {
        let user = try #require(SystemUser(name: "nobody"))
        let nobody = ServerAccount(name: user.name, userID: user.id, groupID: user.groupID)
        // A group of root's own, which the command must not inherit.
        var before = [gid_t](repeating: 0, count: 64)
        let count = getgroups(Int32(before.count), &before)
        try #require(count >= 0 && setgroups(1, [4711]) == 0)
        defer { _ = setgroups(Int(count), before) }
        let ids = try Subprocess.run(["/bin/sh", "-c", "id -u; id -g; id -G"], as: nobody).output
        #expect(ids == "\(user.id)\n\(user.groupID)\n\(user.groupID)\n")
        let back = try Subprocess.run(["/bin/cat", "/etc/shadow"], as: nobody)
        #expect(back.status != 0)
    }

    @Test func `a lock outlives its first holder in a command that inherited it`() throws {
        try Scratch.with { scratch in
            let path = scratch.folder + "/lock"
            let nothing = raised(open("/dev/null", O_RDWR))
            let account = try ServerAccount.choose(dataFolder: "/nowhere")
            let child: pid_t
            do {
                let lock = try #require(try take(path))
                child = try Subprocess.launch(
                    ["/bin/sleep", "600"], as: account, log: nothing, holding: lock.descriptor)
                #expect(try take(path) == nil)
            }
            #expect(try take(path) == nil, "the command holds it")
            kill(child, SIGKILL)
            #expect(try FileLock.take(path, until: Deadline(after: .seconds(10))) != nil)
        }
    }

    private final class Holder {
        let lock: FileLock
        var descriptor: Int32 { lock.descriptor }
        init(_ lock: consuming FileLock) { self.lock = lock }
    }

    private func take(_ path: String) throws -> Holder? {
        if let lock = try FileLock.tryTake(path) { return Holder(lock) }
        return nil
    }

    @Test func `a log that has grown is cut to its end under a running writer`() throws {
        try Scratch.with { scratch in
            let path = scratch.folder + "/server.log"
            let writer = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
            defer { close(writer) }
            let line = Array((String(repeating: "x", count: 1023) + "\n").utf8)
            for _ in 0..<(5 * 1024) { write(writer, line, line.count) }
            write(writer, "last\n", 5)
            ServerLog.trim(path)
            write(writer, "next\n", 5)
            #expect(try readSmallFile(path) == "next\n")
            let kept = try #require(try readSmallFile(path + ".1"))
            #expect(kept.utf8.count == 64 * 1024)
            #expect(kept.hasSuffix("x\nlast\n"))
            ServerLog.trim(path)
            #expect(try readSmallFile(path) == "next\n")
        }
    }

    @Test func `causes that have a remedy get a hint of it`() {
        #expect(nextStep(for: "could not write: No space left on device")?.contains("Free space") == true)
        #expect(nextStep(for: "Read-only file system")?.contains("can be written") == true)
        #expect(nextStep(for: "syntax error") == nil)
    }
}
