import Foundation
import Model

/// Writes the nightly full exports of a company: a folder a night, a CSV file an entity.
public struct NightlyExport {
    private let company: Company
    private let folder: String

    /// At most so many nights are written at a time, with a file open for each.
    private static let nightsAtATime = 64

    /// Exports of a company below a folder.
    public init(_ company: Company, into folder: String) {
        self.company = company
        self.folder = folder
    }

    /// Writes every night of the company and says how much that was.
    ///
    /// - Parameter replacing: with false a folder that is not empty is refused; with true the nights
    ///   of an earlier run are removed first, and nothing else.
    /// - Throws: `BW110` when a file or folder cannot be written or must not be replaced.
    public func write(replacing: Bool = false) throws(BellwetherError) -> SampleSummary {
        try SampleFolder(folder).prepare(replacing: replacing)
        var summary = SampleSummary(
            folder: folder, nights: company.nights,
            missingNights: company.missingNights.filter {
                company.nights.first ?? $0 < $0 && $0 <= company.options.until
            })
        var rest = company.nights[...]
        while !rest.isEmpty {
            let batch = Array(rest.prefix(NightlyExport.nightsAtATime))
            try write(batch, &summary)
            rest = rest.dropFirst(batch.count)
        }
        if company.options.hasHistory, let first = company.nights.first {
            try writeHistory(first, &summary)
        }
        return summary
    }

    private func write(_ nights: [Day], _ summary: inout SampleSummary) throws(BellwetherError) {
        let plan = PlanLines(company.organisation, seed: company.options.seed).records
        let rates = ExchangeRates(seed: company.options.seed)
        for night in nights {
            try SampleFolder(folder).createNight(night)
            let reference = ReferenceRecords(organisation: company.organisation, night: night)
            try write(reference.company, to: .company, night, &summary)
            try write(reference.teams, to: .team, night, &summary)
            try write(reference.people, to: .person, night, &summary)
            try write(reference.products, to: .product, night, &summary)
            try write(reference.stages, to: .stage, night, &summary)
            try write(rates.records(on: night), to: .exchangeRate, night, &summary)
            try write(plan, to: .planLine, night, &summary)
        }
        try writeDeals(nights, &summary)
    }

    private func write(
        _ records: [[UInt8]], to file: SampleFile, _ night: Day, _ summary: inout SampleSummary
    ) throws(BellwetherError) {
        var sink = try sink(file, night)
        for record in records { try sink.write(record) }
        try finish(&sink, &summary)
    }

    /// Each deal is drawn once and written to all nights of the batch.
    private func writeDeals(_ nights: [Day], _ summary: inout SampleSummary) throws(BellwetherError) {
        guard let lastNight = nights.last else { return }
        var deals: [FileSink] = []
        var accounts: [FileSink] = []
        for night in nights {
            deals.append(try sink(.opportunity, night))
            accounts.append(try sink(.account, night))
        }
        let people = company.organisation.people
        func write(_ deal: DealLife, _ account: Account?) throws(BellwetherError) {
            var records = DealRecords(deal, people: people)
            let accountRecords = account.map { AccountRecords($0, firstDeal: deal, people: people) }
            for (index, night) in nights.enumerated() {
                if let record = records.record(on: night) { try deals[index].write(record) }
                if let record = accountRecords?.record(on: night) { try accounts[index].write(record) }
            }
        }
        for (deal, account) in zip(company.plantedDeals, company.plantedAccounts) {
            try write(deal, account)
        }
        let background = company.background
        for index in 0..<background.creation.count {
            guard background.creation.day(of: index) <= lastNight else { break }
            let isFirst = index % BackgroundDeals.dealsPerAccount == 0
            try write(
                background.life(index),
                isFirst ? background.account(index / BackgroundDeals.dealsPerAccount) : nil)
        }
        for index in nights.indices {
            try finish(&deals[index], &summary)
            try finish(&accounts[index], &summary)
        }
    }

    /// What the deals were before the first night, change by change.
    private func writeHistory(_ night: Day, _ summary: inout SampleSummary) throws(BellwetherError) {
        var sink = try sink(.fieldChange, night)
        let people = company.organisation.people
        func write(_ deal: DealLife) throws(BellwetherError) {
            for line in FieldHistory(deal, people: people).lines(until: night) { try sink.write(line) }
        }
        for deal in company.plantedDeals where deal.created <= night { try write(deal) }
        let background = company.background
        for index in 0..<background.creation.count {
            guard background.creation.day(of: index) <= night else { break }
            try write(background.life(index))
        }
        try finish(&sink, &summary)
    }

    private func sink(_ file: SampleFile, _ night: Day) throws(BellwetherError) -> FileSink {
        try FileSink("\(folder)/\(night)/\(file.name)", header: file.header)
    }

    private func finish(_ sink: inout FileSink, _ summary: inout SampleSummary) throws(BellwetherError) {
        try sink.close()
        summary.rows += sink.lineCount
        summary.bytes += sink.byteCount
    }
}
