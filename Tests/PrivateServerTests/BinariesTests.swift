import Foundation
import Model
import Testing

@testable import PrivateServer

@Suite struct BinariesTests {
    private let nowhere = PackagePlaces(patterns: [])

    @Test func `a BELLWETHER_PG_BIN without a server is an error, not a reason to look elsewhere`() throws {
        try Scratch.with { scratch in
            let server = try scratch.server(environment: ["PATH": "", "BELLWETHER_PG_BIN": "/nowhere/bin"])
            let error = startFailure(server)
            #expect(error?.code == .serverBinariesMissing)
            #expect(error?.message.contains("/nowhere/bin") == true)
            #expect(!FileManager.default.fileExists(atPath: server.home), "nothing was made")
        }
    }

    @Test func `without any server the error says what to install`() throws {
        let error = failure { () throws(BellwetherError) in
            _ = try ServerBinaries.find(for: nil, environment: ["PATH": ""], places: nowhere)
        }
        #expect(error?.code == .serverBinariesMissing)
        #expect(error?.hint?.contains("install postgresql") == true)
        #expect(error?.hint?.contains("BELLWETHER_PG_BIN") == true)
    }

    @Test func `the newest of a package's versions is tried first, by number`() throws {
        try Scratch.with { scratch in
            for name in ["9.6", "15", "100", "17", "common"] {
                mkdir(scratch.folder + "/" + name, 0o755)
            }
            let places = PackagePlaces(patterns: [(scratch.folder, "", "/bin")])
            let expected = ["100", "17", "15", "9.6"].map { "\(scratch.folder)/\($0)/bin" }
            #expect(places.folders() == expected)
        }
    }

    @Test func `existing data choose their own version`() throws {
        try Scratch.with { scratch in
            for version in ["13.4", "15.18", "16.2", "17beta1"] { try install(version, in: scratch) }
            func found(_ data: String?) throws(BellwetherError) -> String {
                try ServerBinaries.find(for: data, environment: ["PATH": ""], places: places(scratch)).version
            }
            #expect(try found(nil) == "17beta1")
            #expect(try found("15") == "15.18")
            #expect(try found("13") == "13.4")
            let error = failure { () throws(BellwetherError) in _ = try found("14") }
            #expect(error?.code == .serverDataUnusable)
            #expect(error?.message.hasSuffix("17beta1, 16.2, 15.18, 13.4") == true)
        }
    }

    @Test func `versions that are too old are not used, and are named`() throws {
        try Scratch.with { scratch in
            try install("13.4", in: scratch)
            let error = failure { () throws(BellwetherError) in
                _ = try ServerBinaries.find(for: nil, environment: [:], places: places(scratch))
            }
            #expect(error?.code == .serverBinariesMissing)
            #expect(error?.detail?.contains("13.4") == true)
        }
    }

    @Test func `the PATH comes first, then pg_config's word`() throws {
        try Scratch.with { scratch in
            for version in ["15.1", "15.2", "15.3"] { try install(version, in: scratch) }
            let wrappers = scratch.folder + "/wrappers"
            try FileManager.default.createDirectory(atPath: wrappers, withIntermediateDirectories: true)
            try script("echo \(scratch.folder)/15.2/bin", at: wrappers + "/pg_config")
            func found(_ path: String) throws(BellwetherError) -> String {
                try ServerBinaries.find(for: nil, environment: ["PATH": path], places: places(scratch))
                    .version
            }
            #expect(try found(wrappers) == "15.2")
            #expect(try found("relative:" + wrappers + ":" + scratch.folder + "/15.1/bin") == "15.1")
            #expect(try found("") == "15.3")
        }
    }

    private func places(_ scratch: Scratch) -> PackagePlaces {
        PackagePlaces(patterns: [(scratch.folder, "", "/bin")])
    }

    /// An installation that can say its version and nothing else.
    private func install(_ version: String, in scratch: Scratch) throws {
        let folder = "\(scratch.folder)/\(version.prefix { $0.isNumber || $0 == "." })/bin"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in ["initdb", "pg_ctl", "postgres"] {
            try script(
                "echo 'postgres (PostgreSQL) \(version) (Made up \(version)-1)'", at: folder + "/" + name)
        }
    }

    private func script(_ line: String, at path: String) throws {
        try Data("#!/bin/sh\n\(line)\n".utf8).write(to: URL(fileURLWithPath: path))
        chmod(path, 0o755)
    }
}
