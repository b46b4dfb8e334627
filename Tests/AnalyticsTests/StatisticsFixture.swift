import Foundation
import Testing

/// What scipy and statsmodels say of the cases: Tests/Oracles/statistics_fixture.py wrote it.
struct StatisticsFixture: Decodable {
    struct Normal: Decodable { let p, x, cumulative, upper: Double }

    struct Wilson: Decodable {
        let hits, trials: Int
        let confidence, low, high: Double
    }

    struct Change: Decodable {
        let before, now: [Int]
        let low, high, fisher, score: Double
        let fall, rise: Double?
    }

    struct Binomial: Decodable {
        let hits, trials: Int
        let rate: Double
        let at_least, at_most, two_sided: Double
        let bound: Int
    }

    struct Discoveries: Decodable { let p, adjusted: [Double] }

    struct Quantiles: Decodable { let values, shares, quantiles: [Double] }

    struct Survival: Decodable {
        let days, ends, times: [Int]
        let shares: [Double]
        let median, low, high: Int?
        let incidence_times: [Int]
        let incidence: [[Double]]
    }

    let normal: [Normal]
    let wilson: [Wilson]
    let changes: [Change]
    let binomials: [Binomial]
    let discoveries: [Discoveries]
    let quantiles: [Quantiles]
    let survivals: [Survival]

    static func read() throws -> StatisticsFixture {
        let file = try #require(Bundle.module.url(forResource: "Fixtures/statistics", withExtension: "json"))
        return try JSONDecoder().decode(StatisticsFixture.self, from: Data(contentsOf: file))
    }
}

/// Whether two numbers are the same to nine digits, or both are absent.
func agree(_ left: Double?, _ right: Double?, _ tolerance: Double = 1e-9) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    return left == right || abs(left - right) <= tolerance * max(1e-3, abs(left), abs(right))
}
