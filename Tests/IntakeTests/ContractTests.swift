import Foundation
import Model
import Testing

@testable import Intake

@Suite("Metric contracts as files")
struct ContractTests {
    private static let sound = """
        id: commit
        version: 2
        name: Commit
        family: forecast
        question: What is committed?
        formula: >-
          Sum of the deals
          in commit.
        grain: node × day
        unit: currency
        timing: leading
        good: higher
        null: Never.
        minimum_n: 1
        computed_by: [bellwether.forecast_cell, Analytics.ForecastRollup]
        columns:
          - commit
          - call list.calls.amount

        """

    /// How a mistake is told: code, line, message and hint.
    private func told(_ text: String, file: String = "sql/metrics/commit.yml") -> String {
        guard let error = failure({ _ = try MetricContract.parse(text: text, file: file) }) else {
            return "no error"
        }
        return "\(error.code.rawValue) \(error.place?.line ?? 0) \(error.message)"
            + (error.hint.map { " [\($0)]" } ?? "")
    }

    private func told(replacing term: String, by other: String) -> String {
        told(Self.sound.replacing(term, with: other))
    }

    @Test func `say every term`() throws {
        let contract = try MetricContract.parse(text: Self.sound, file: "sql/metrics/commit.yml")
        #expect(
            contract
                == MetricContract(
                    id: "commit", version: 2, name: "Commit", family: .forecast,
                    question: "What is committed?", formula: "Sum of the deals in commit.",
                    grain: "node × day", unit: "currency", timing: .leading, good: .higher, null: "Never.",
                    minimumCount: 1,
                    computedBy: ["bellwether.forecast_cell", "Analytics.ForecastRollup"],
                    columns: ["commit", "call list.calls.amount"]))
        #expect(contract.reference == "commit/2")
        #expect(contract.claims(column: "commit", of: "any", in: "question"))
        #expect(contract.claims(column: "amount", of: "calls", in: "call list"))
        #expect(!contract.claims(column: "amount", of: "calls", in: "call history"))
    }

    @Test func `tell each mistake with its line`() {
        #expect(told("").hasPrefix("BW125 0 the contract is empty"))
        #expect(told("a: [").hasPrefix("BW125 2 the contract is not YAML"))
        #expect(told(Self.sound + "id: commit\n") == "BW125 1 the key id stands twice")
        #expect(
            told(replacing: "grain: node × day\n", by: "").hasPrefix("BW125 1 the contract lacks grain ["))
        #expect(
            told(Self.sound + "clasic: x\n")
                == "BW125 20 unknown key of the contract: clasic [did you mean classic?]")
        #expect(
            told(Self.sound, file: "sql/metrics/closed.yml")
                == "BW125 1 the id commit is not the file's name in snake case")
        #expect(
            told(Self.sound.replacing("id: commit", with: "id: Commit"), file: "Commit.yml").hasPrefix(
                "BW125 1 "))
        #expect(told(replacing: "version: 2", by: "version: 0").hasPrefix("BW125 2 version must be"))
        #expect(
            told(replacing: "timing: leading", by: "timing: early")
                == "BW125 11 timing cannot be early [it can be: leading, lagging, coincident]")
        #expect(told(replacing: "unit: currency", by: "unit: bananas").hasPrefix("BW125 10 unit cannot be"))
        #expect(told(replacing: "minimum_n: 1", by: "minimum_n: few").hasPrefix("BW125 14 minimum_n"))
        #expect(
            told(replacing: "bellwether.forecast_cell", by: "forecast_cell").hasPrefix(
                "BW125 15 computed_by cannot be forecast_cell ["))
        #expect(
            told(replacing: "- commit", by: "- forecast.commit").hasPrefix(
                "BW125 17 columns cannot name forecast.commit ["))
        #expect(
            told(replacing: "call list.calls.amount", by: "commit") == "BW125 17 columns names a column twice"
        )
        #expect(told(replacing: "null: Never.", by: "null:") == "BW125 13 null must be a text")
    }
}
