import ArgumentParser
import Foundation
import Logging
import Model
import Render
import Synchronization
import Warehouse

/// A run of a verb that changes the warehouse: what of it is logged, and who is told of its end.
final class Operation: Sendable {
    /// What is known of it so far, for log and hooks: the mapping, the day, the loads that were published.
    struct Facts: Sendable {
        var mapping: String?
        var day: Day?
        var published: [(load: Int, day: Day)] = []
        var rejected = 0
    }

    var facts: Facts {
        get { state.withLock { $0.facts } }
        set { state.withLock { $0.facts = newValue } }
    }

    private let state = Mutex((facts: Facts(), isEnded: false))
    private let verb: String
    private let logger: Logger?
    private let onFailure: [Hook]
    private let onSuccess: [Hook]
    private let start = ContinuousClock.now

    /// A run of `verb`, with what options, environment and `bellwether.yml` say.
    ///
    /// - Throws: `BW110` for a log that cannot be written, `BW506` for a webhook that is no address.
    init(_ verb: String, _ options: OperationOptions) throws(BellwetherError) {
        self.verb = verb
        let environment = ProcessInfo.processInfo.environment
        let configuration = try Configuration.load(environment: environment)
        let path = options.log ?? environment["BELLWETHER_LOG"] ?? configuration.log
        if let path, !path.isEmpty {
            let handler = try JSONLogHandler(path: path)
            logger = Logger(label: "bellwether") { _ in handler }
        } else {
            logger = nil
        }
        onFailure = try Self.hooks(
            options.onFailure ?? configuration.onFailure?.command,
            options.webhook ?? configuration.onFailure?.webhook)
        onSuccess = try Self.hooks(
            options.onSuccess ?? configuration.onSuccess?.command, configuration.onSuccess?.webhook)
    }

    private static func hooks(_ command: String?, _ webhook: String?) throws(BellwetherError) -> [Hook] {
        var hooks: [Hook] = []
        if let command, !command.isEmpty { hooks.append(.command(command)) }
        if let webhook, !webhook.isEmpty { hooks.append(try Hook.webhook(checking: webhook)) }
        return hooks
    }

    /// Does the work, logs its beginning and end, and tells of the end whom it concerns.
    func run(_ work: () throws -> Void) throws {
        log(.info, "started")
        Interruption.shared.onEnd { [self] signal in interrupt(status: 128 + signal) }
        do {
            try work()
        } catch let exit as ExitCode {
            interrupt(status: exit.rawValue)
            throw exit
        } catch {
            Interruption.shared.awaitEnd()
            let failure =
                error as? BellwetherError
                ?? BellwetherError(.bug, "an error without a home", detail: "\(error)")
            let status = ExitStatus.of(failure.code)
            end(.error, status == .held ? "held" : "failed", onFailure, status: status.rawValue, failure)
            throw error
        }
        end(.info, "done", onSuccess, status: 0, nil)
    }

    /// Says what is published all the same.
    private func interrupt(status: Int32) {
        let published = facts.published.map { "load \($0.load) of \($0.day)" }.joined(separator: ", ")
        let done = published.isEmpty ? "nothing was published" : "published before that: \(published)"
        Output.note(verb == "load" ? "bellwether: stopped; \(done)" : "bellwether: stopped")
        end(.error, "interrupted", onFailure, status: status, nil)
    }

    /// Writes a line of the log, where one is asked for.
    func log(_ level: Logger.Level, _ event: String, _ fields: [String: Logger.Metadata.Value] = [:]) {
        guard let logger else { return }
        var fields = fields
        if let mapping = facts.mapping { fields["mapping"] = .string(mapping) }
        if let day = facts.day { fields["day"] = .string(day.description) }
        logger.log(level: level, "\(verb).\(event)", metadata: fields)
    }

    /// Logs what a load tells of itself, and lets nothing interrupt it once it is about to be seen.
    func note(_ event: LoadEvent) {
        switch event {
        case .entityStarted(let entity): log(.info, "entity", ["entity": .string(entity)])
        case .entityLoaded(let report, let seconds):
            log(
                .info, "compared",
                [
                    "entity": .string(report.entity), "read": .stringConvertible(report.read),
                    "new": .stringConvertible(report.new), "changed": .stringConvertible(report.changed),
                    "unchanged": .stringConvertible(report.unchanged),
                    "gone": .stringConvertible(report.gone),
                    "rejected": .stringConvertible(report.rejected), "seconds": .stringConvertible(seconds),
                ])
        case .publishing: Interruption.shared.isCommitting = true
        }
    }

    /// Notes the end of one load of the run.
    func note(_ report: LoadReport) {
        facts.rejected += report.rejected
        switch report.outcome {
        case .published(let load):
            facts.published.append((load, report.day))
            log(
                .info, "published",
                ["load": .stringConvertible(load), "rejected": .stringConvertible(report.rejected)])
        case .alreadyLoaded: log(.info, "known")
        case .dryRun: log(.info, "rehearsed")
        }
    }

    private func end(
        _ level: Logger.Level, _ event: String, _ hooks: [Hook], status: Int32, _ error: BellwetherError?
    ) {
        let isFirst = state.withLock { state in
            defer { state.isEnded = true }
            return !state.isEnded
        }
        guard isFirst else { return }
        var fields: [String: Logger.Metadata.Value] = [
            "exit": .stringConvertible(Int(status)), "seconds": .stringConvertible(start.secondsSince),
        ]
        if let error {
            fields["code"] = .string(error.code.rawValue)
            fields["message"] = .string(error.message)
        }
        log(level, event, fields)
        guard !hooks.isEmpty else { return }
        let summary = summary(event, status, error).text
        for hook in hooks {
            guard let reason = hook.tell(summary, variables: variables(event, status, error)) else {
                continue
            }
            // It never hides how the run itself ended.
            Output.note("bellwether: nobody was told of this: \(reason)")
            log(.warning, "untold", ["reason": .string(reason)])
        }
    }

    private func summary(_ event: String, _ status: Int32, _ error: BellwetherError?) -> JSONValue {
        func text(_ text: String?) -> JSONValue { text.map { .text($0) } ?? .null }
        return .object([
            ("event", .text("\(verb).\(event)")), ("exit", .number(Int(status))),
            ("mapping", text(facts.mapping)), ("day", text(facts.day?.description)),
            (
                "published",
                .list(
                    facts.published.map {
                        .object([("load", .number($0.load)), ("day", .text($0.day.description))])
                    })
            ),
            ("rejected", .number(facts.rejected)), ("code", text(error?.code.rawValue)),
            ("message", text(error?.message)), ("hint", text(error?.hint)),
            ("seconds", .decimal(start.secondsSince)),
            ("host", .text(ProcessInfo.processInfo.hostName)),
        ])
    }

    private func variables(_ event: String, _ status: Int32, _ error: BellwetherError?) -> [String: String] {
        [
            "BELLWETHER_EVENT": "\(verb).\(event)", "BELLWETHER_EXIT": String(status),
            "BELLWETHER_MAPPING": facts.mapping ?? "", "BELLWETHER_DAY": facts.day?.description ?? "",
            "BELLWETHER_LOAD": facts.published.last.map { String($0.load) } ?? "",
            "BELLWETHER_CODE": error?.code.rawValue ?? "", "BELLWETHER_MESSAGE": error?.message ?? "",
        ]
    }
}

extension ContinuousClock.Instant {
    /// The seconds that have passed since.
    var secondsSince: Double {
        let (seconds, attoseconds) = (ContinuousClock.now - self).components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}
