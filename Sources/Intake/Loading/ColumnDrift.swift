import Model

/// How a column of an export differs from the snapshot before.
public struct ColumnDrift: Sendable, Hashable {
    /// What happened to it.
    public enum Change: String, Sendable, Hashable {
        case new, missing, renamed, retyped, emptied
    }

    /// What happened.
    public let change: Change
    /// The column of the export.
    public let column: String
    /// The pattern of its file; empty where the values of the records tell.
    public let pattern: String
    /// Under which name it perhaps stands now.
    public let perhaps: String?
    /// The entity's columns that it fills, or filled.
    public let targets: [String]
    /// What becomes of the load.
    public let policy: DriftPolicy

    /// One line for a person.
    public var text: String {
        let place = pattern.isEmpty ? "" : " in \(pattern)"
        let use =
            switch targets {
            case []: " (not mapped)"
            case [column] where change != .new: ""
            default: " (mapped to \(targets.joined(separator: ", ")))"
            }
        return switch change {
        case .new: "\(column) is new\(place)\(use)"
        case .missing: "\(column) is missing\(place)\(use)"
        case .renamed: "\(column) is missing\(place)\(use), perhaps renamed to \(perhaps ?? "")"
        case .retyped: "\(column) cannot be read in more than half of the rows\(use)"
        case .emptied: "\(column) has no value any more\(use)"
        }
    }
}

/// What a snapshot's columns are compared with, and what they are now.
public struct ColumnEvidence: Sendable {
    /// The headers of the snapshot before.
    public var headersBefore: [FileHeader] = []
    /// The headers now.
    public var headers: [FileHeader] = []
    /// How many records had a value in each of the entity's columns before, `id` for all of them; nil when that is not known.
    public var filledBefore: [String: Int]?
    /// How many have one now; nil when that is not known.
    public var filled: [String: Int]?
    /// Columns of the export that could not be read in more than half of the rows.
    public var unreadable: [String] = []

    /// Nothing known.
    public init() {}
}

extension EntityMapping {
    /// So many values make a column that is empty now suspicious.
    public static let valuesThatMatter = 10

    /// How the columns differ from those of the snapshot before; nothing where there is none.
    public func drift(_ evidence: ColumnEvidence) -> [ColumnDrift] {
        var drift: [ColumnDrift] = []
        for header in evidence.headers {
            guard let before = evidence.headersBefore.first(where: { $0.pattern == header.pattern }) else {
                continue
            }
            drift += changes(from: before, to: header, evidence)
        }
        let lost = Set(drift.flatMap(\.targets))
        drift += evidence.unreadable.map { column in
            let roles = roles(of: column)
            return ColumnDrift(
                change: .retyped, column: column, pattern: "", perhaps: nil, targets: roles.map(\.target),
                // The guard of rows that are set aside holds the load already.
                policy: policy(roles) ?? .warn)
        }
        return (drift + emptied(evidence, without: lost)).filter { $0.policy != .ignore }
    }

    // MARK: - Headers

    private func changes(
        from before: FileHeader, to now: FileHeader, _ evidence: ColumnEvidence
    ) -> [ColumnDrift] {
        var new = now.columns.filter { !before.columns.contains($0) }
        let missing = before.columns.filter { !now.columns.contains($0) }
        var drift: [ColumnDrift] = []
        for column in missing {
            let place = before.columns.firstIndex(of: column)
            let other = new.first {
                now.columns.firstIndex(of: $0) == place || new.count + missing.count == 2
            }
            if let other { new.removeAll { $0 == other } }
            let roles = roles(of: column, pattern: now.pattern)
            // Another name that the mapping lists may stand in its place.
            let lost = roles.filter { role in !role.names.contains { now.columns.contains($0) } }
            let matters = lost.contains { (evidence.filledBefore?[$0.target] ?? 1) > 0 }
            drift.append(
                ColumnDrift(
                    change: other == nil ? .missing : .renamed, column: column, pattern: now.pattern,
                    perhaps: other, targets: roles.map(\.target),
                    policy: policy(lost.isEmpty ? roles : lost) ?? (matters ? .refuse : .warn)))
        }
        return drift
            + new.map { column in
                let roles = roles(of: column, pattern: now.pattern)
                return ColumnDrift(
                    change: .new, column: column, pattern: now.pattern, perhaps: nil,
                    targets: roles.map(\.target), policy: policy(roles) ?? .warn)
            }
    }

    // MARK: - Values

    private func emptied(_ evidence: ColumnEvidence, without lost: Set<String>) -> [ColumnDrift] {
        guard let before = evidence.filledBefore, let now = evidence.filled,
            // With the records their values go too.
            now["id", default: 0] >= Self.valuesThatMatter
        else { return [] }
        return schema.columns.compactMap { column in
            guard before[column.name, default: 0] >= Self.valuesThatMatter, now[column.name] == 0,
                !lost.contains(column.name)
            else { return nil }
            let roles = roles.filter { $0.target == column.name }
            guard let role = roles.first else { return nil }
            let present = role.names.first { name in evidence.headers.contains { $0.columns.contains(name) } }
            return ColumnDrift(
                change: .emptied, column: present ?? column.name, pattern: "", perhaps: nil,
                targets: [column.name], policy: policy(roles) ?? .refuse)
        }
    }

    // MARK: - Roles

    /// What a column of the export is read for.
    private struct Role {
        /// The entity's column, `extra` for kept ones, `where` and `deleted` for conditions.
        let target: String
        /// The names under which the mapping looks for it.
        let names: [String]
        let policy: DriftPolicy?
        let pattern: String
    }

    private var roles: [Role] {
        inputs.flatMap { input -> [Role] in
            guard let file = input.fileColumns else { return [] }
            let columns = ([file.id] + file.columns.compactMap { $0 }).flatMap { column in
                column.names.map {
                    Role(target: column.target, names: $0, policy: column.drift, pattern: input.pattern)
                }
            }
            let kept = file.kept.map {
                Role(target: "extra", names: [$0], policy: nil, pattern: input.pattern)
            }
            let conditions = [("where", file.conditions), ("deleted", file.deletions)].flatMap {
                target, list in
                list.map { Role(target: target, names: $0.columns, policy: nil, pattern: input.pattern) }
            }
            return columns + kept + conditions
        }
    }

    private func roles(of column: String, pattern: String? = nil) -> [Role] {
        roles.filter { role in
            role.names.contains(column) && (pattern == nil || role.pattern == pattern)
        }
    }

    /// What the mapping says, the strictest word of several columns; nil when it says nothing.
    private func policy(_ roles: [Role]) -> DriftPolicy? {
        if roles.isEmpty { return care.drift }
        let stated = roles.compactMap { $0.policy ?? care.drift }
        return DriftPolicy.allCases.last { stated.contains($0) }
    }
}

extension ColumnMapping {
    /// The names under which it is looked for, one list a column of the export.
    fileprivate var names: [[String]] {
        switch source {
        case .column(let names): return [names]
        case .template(let template):
            return template.pieces.compactMap { piece in
                if case .column(let names, _) = piece { return names }
                return nil
            }
        case .constant: return []
        }
    }
}
