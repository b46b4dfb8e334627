import Model
import Yams

/// Reads `guards`, `drift` and `builds_on`: of a mapping as the default, of an entity over it.
struct CareParser {
    static let keys = ["guards", "drift", "builds_on"]

    let yaml: YAMLText

    /// `base` with what the keys state.
    func care(_ fields: [String: Node], over base: SnapshotCare) throws(BellwetherError) -> SnapshotCare {
        var care = base
        if let node = fields["guards"] { care.guards = try guards(node, over: base.guards) }
        if let node = fields["drift"] { care.drift = try yaml.choice(node, of: "drift") }
        if let node = fields["builds_on"] { care.buildsOn = try yaml.choice(node, of: "builds_on") }
        return care
    }

    /// A map of guards, each `on`, `off` or a map of its numbers; or one word for all of them.
    private func guards(_ node: Node, over base: GuardSettings) throws(BellwetherError) -> GuardSettings {
        var settings = base
        if case .scalar = node {
            let isOn = try flag(node, of: "guards")
            for loadGuard in LoadGuard.acceptable { settings.turn(loadGuard, on: isOn) }
            return settings
        }
        for entry in try yaml.entries(node, of: "guards") {
            guard let loadGuard = LoadGuard.acceptable.first(where: { $0.rawValue == entry.name }) else {
                throw yaml.unknown(
                    "guard", entry.name, among: LoadGuard.acceptable.map(\.rawValue), at: entry.key)
            }
            if case .scalar = entry.value {
                settings.turn(loadGuard, on: try flag(entry.value, of: entry.name))
            } else {
                try state(entry.value, of: loadGuard, in: &settings)
            }
        }
        return settings
    }

    private func state(
        _ node: Node, of loadGuard: LoadGuard, in settings: inout GuardSettings
    ) throws(BellwetherError) {
        settings.turn(loadGuard, on: true)
        let names = loadGuard.limits.keys.map(\.rawValue).sorted()
        guard !names.isEmpty else {
            throw yaml.error(.mappingBadValue, "\(loadGuard.rawValue) must be on or off", at: node)
        }
        for (name, value) in try yaml.fields(node, of: loadGuard.rawValue, keys: names) {
            guard let limit = GuardLimit(rawValue: name) else { continue }
            settings.state(limit, of: loadGuard, as: try number(value, of: limit))
        }
    }

    private func flag(_ node: Node, of what: String) throws(BellwetherError) -> Bool {
        switch try yaml.text(node, of: what) {
        case "on", "true": return true
        case "off", "false": return false
        default:
            throw yaml.error(
                .mappingBadValue, "\(what) must be off, on, or a map of its limits", at: node)
        }
    }

    /// A whole number, or a percentage with at most two decimals in hundredths of a percent.
    private func number(_ node: Node, of limit: GuardLimit) throws(BellwetherError) -> Int {
        let text = try yaml.text(node, of: limit.rawValue)
        if !limit.isPercentage {
            if let number = Int32(text), number >= 0 { return Int(number) }
            throw yaml.error(
                .mappingBadValue, "\(limit.rawValue) must be a whole number from 0 on", at: node)
        }
        let digits = text.hasSuffix("%") ? text.dropLast().trimmingBlanks : text
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count <= 2, let whole = UInt16(parts[0]), parts.last?.allSatisfy(\.isASCIIDigit) == true,
            parts.count == 1 || (1...2).contains(parts[1].count),
            let rest = parts.count == 1 ? 0 : UInt16(parts[1] + (parts[1].count == 1 ? "0" : ""))
        {
            return Int(whole) * 100 + Int(rest)
        }
        throw yaml.error(
            .mappingBadValue, "\(limit.rawValue) must be a percentage such as 20 % or 2.5 %", at: node)
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
