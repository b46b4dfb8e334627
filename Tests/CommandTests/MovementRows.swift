import Foundation
import Model
import TestSupport
import Testing

/// What `bellwether changes` prints of a movement, and what an oracle reckons of it, in one form.
struct MovementRows {
    /// By node: start, end and each bucket that is not nothing.
    var nodes: [Node: [String: String]] = [:]
    /// By bucket of the company: amount and deals.
    var buckets: [String: String] = [:]
    /// Each deal with its bucket and amount.
    var deals: [String] = []

    /// The words of `compare` in `Tests/Oracles/movement.py`.
    init(oracle: [String: Any]) throws {
        for line in try #require(oracle["lines"] as? [[String: Any]]) {
            let node = Node(line["level"] as? String, line["parent"] as? String, line["node"] as? String)
            let found = try #require(line["buckets"] as? [String: [Any]])
            var values = ["start": line["start"] as? String ?? "", "end": line["end"] as? String ?? ""]
            for (code, sum) in found { values[code] = sum.first as? String ?? "" }
            let kept = values.filter { $0.value != "0" }
            if !kept.isEmpty { nodes[node] = kept }
            guard node.level == "company" else { continue }
            for (code, sum) in found { buckets[code] = "\(sum[0]) \(sum[1])" }
            for edge in ["start", "end"] {
                buckets[edge] = "\(line[edge] ?? "") \(line[edge + "_count"] ?? "")"
            }
        }
        deals = try #require(oracle["deals"] as? [[String]]).map { $0.joined(separator: " ") }.sorted()
    }

    /// The answer of `changes --by person --deals`.
    init(answer: PrintedAnswer) {
        for row in answer.rows("nodes") {
            let amounts = row.values.filter { !["node", "level", "parent", "change"].contains($0.key) }
            let kept = amounts.compactMapValues { $0 as? String }.filter { $0.value != "0" }
            if !kept.isEmpty { nodes[Node(row)] = kept }
        }
        for row in answer.rows("movement") where row.text("bucket") != "unchanged" {
            let code = row.text("bucket") ?? ""
            buckets[code] = "\(row.text("amount") ?? "") \(row.integer("count") ?? -1)"
        }
        deals = answer.rows("deals").map { row in
            ["id", "bucket", "amount"].map { row.text($0) ?? "" }.joined(separator: " ")
        }.sorted()
    }

    /// Names what differs.
    func expectSame(as other: MovementRows, _ place: String) {
        for node in Set(nodes.keys).union(other.nodes.keys) {
            #expect(nodes[node] == other.nodes[node], "\(place), \(node)")
        }
        // A company without a deal in the measure on either day has no line in the oracle.
        let empty = ["start": "0 0", "end": "0 0"]
        let wanted = other.buckets.isEmpty ? empty : other.buckets
        #expect(buckets == wanted, "\(place)")
        #expect(deals == other.deals, "\(place)")
    }
}
