import Foundation
import Model

/// Writes the nightly exports of a company: a folder a night, a CSV file an entity.
public struct NightlyExport {
    let company: Company
    private let folder: String

    /// At most so many nights are written at a time, with five files open for each: some systems allow 256.
    private static let nightsAtATime = 40

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
        let calls = company.calls
        var rest = company.nights[...]
        var before: Day?
        while !rest.isEmpty {
            let batch = Array(rest.prefix(NightlyExport.nightsAtATime))
            try write(EventDays.of(batch, before: before), calls, &summary)
            rest = rest.dropFirst(batch.count)
            before = batch.last
        }
        if company.options.hasHistory, let first = company.nights.first {
            try writeHistory(first, &summary)
        }
        return summary
    }

    private func write(
        _ nights: [EventDays], _ calls: CallRecords, _ summary: inout SampleSummary
    ) throws(BellwetherError) {
        let options = company.options
        let plan = PlanLines(company.organisation, calendar: options.calendar, seed: options.seed).records
        let rates = ExchangeRates(seed: options.seed, shock: company.rateShock)
        for days in nights {
            let night = days.night
            try SampleFolder(folder).createNight(night)
            let reference = ReferenceRecords(
                organisation: company.organisation, calendar: options.calendar, night: night)
            try write(reference.company, to: .company, night, &summary)
            try write(reference.teams, to: .team, night, &summary)
            try write(reference.people, to: .person, night, &summary)
            try write(reference.products, to: .product, night, &summary)
            try write(reference.stages, to: .stage, night, &summary)
            try write(reference.holidays, to: .holiday, night, &summary)
            try write(rates.records(on: night), to: .exchangeRate, night, &summary)
            try write(plan, to: .planLine, night, &summary)
            try write(calls.records(days), to: .call, night, &summary)
            // A file of splits without a row would say that none are left.
            let splits = SplitRecords(company, night: night).records
            if !splits.isEmpty { try write(splits, to: .split, night, &summary) }
            if company.merges.contains(where: { $0.day <= night }) {
                let merges = company.merges.filter { days.contains($0.day) }
                try write(merges.map(\.record), to: .mergedRecord, night, &summary)
            }
        }
        try writeDeals(nights, &summary)
        try writeLeads(nights, &summary)
    }

    private func write(
        _ records: [[UInt8]], to file: SampleFile, _ night: Day, _ summary: inout SampleSummary
    ) throws(BellwetherError) {
        var sink = try sink(file, night)
        for record in records { try sink.write(record) }
        try finish(&sink, &summary)
    }

    /// Each deal is drawn once and written, with what happened around it, to all nights of the batch.
    private func writeDeals(_ nights: [EventDays], _ summary: inout SampleSummary) throws(BellwetherError) {
        guard let lastNight = nights.last?.night else { return }
        var sinks = try DealSinks(nights) { file, night throws(BellwetherError) in try sink(file, night) }
        let people = company.organisation.people
        let seed = company.options.seed
        func write(_ deal: DealLife, _ account: Account?, isPlanted: Bool) throws(BellwetherError) {
            var records = DealRecords(deal, people: people)
            let accountRecords = account.map { AccountRecords($0, firstDeal: deal, people: people) }
            for (index, days) in nights.enumerated() {
                if let record = records.record(on: days.night) { try sinks.deals[index].write(record) }
                if let record = accountRecords?.record(on: days.night) {
                    try sinks.accounts[index].write(record)
                }
            }
            // Of a deal that was entered twice all is said on the one that stays.
            guard deal.removed == nil else { return }
            try sinks.write(ActivityRecords(deal, people: people, seed: seed))
            if isPlanted { try sinks.write(DealCallRecords(deal, people: people, seed: seed).calls) }
            if let order = company.books.order(of: deal) { try sinks.write(order) }
        }
        for (deal, account) in zip(company.plantedDeals, company.plantedAccounts) {
            try write(deal, account, isPlanted: true)
        }
        let background = company.background
        for index in 0..<background.creation.count {
            guard background.creation.day(of: index) <= lastNight else { break }
            guard !background.isLeftOut(index) else { continue }
            let isFirst = index % BackgroundDeals.dealsPerAccount == 0
            try write(
                background.life(index),
                isFirst ? background.account(index / BackgroundDeals.dealsPerAccount) : nil, isPlanted: false)
        }
        try sinks.write(company.books)
        for sink in try sinks.closed() { count(sink, &summary) }
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
            guard !background.isLeftOut(index) else { continue }
            try write(background.life(index))
        }
        try finish(&sink, &summary)
    }

    func sink(_ file: SampleFile, _ night: Day) throws(BellwetherError) -> FileSink {
        try FileSink("\(folder)/\(night)/\(file.name)", header: file.header)
    }

    func finish(_ sink: inout FileSink, _ summary: inout SampleSummary) throws(BellwetherError) {
        try sink.close()
        count(sink, &summary)
    }

    private func count(_ sink: FileSink, _ summary: inout SampleSummary) {
        summary.rows += sink.lineCount
        summary.bytes += sink.byteCount
    }
}
