import Analytics
import Model

/// What became of each deal that was open on the reference day, and where each won deal came from.
struct SlipFates {
    /// A deal and its fate.
    struct Fate {
        let deal: NodeDeal
        let slip: Slip
    }

    /// A won deal and its origin.
    struct Booking {
        let deal: NodeDeal
        let origin: BookingOrigin
    }

    /// Says what became of any deal that was open in the period.
    let judge: SlipJudge
    let fates: [Fate]
    /// By category of the reference day; all together under nil.
    let sums: [ForecastCategory?: SlipSums]
    let bookings: [Booking]
    let origins: OriginSums
    /// The pushes of each deal, from the first day known on.
    let pushes: [RecordID: Pushes]
    /// The earlier periods in whose pipelines each deal of the pipeline was, the latest first.
    let earlier: [RecordID: [Period]]

    init(_ book: SlipBook, _ request: SlipBook.Request) {
        let judge = SlipJudge(
            period: book.period, end: book.end, isFinal: book.isFinal, lateDays: request.lateDays,
            pasts: book.pasts, recreations: book.recreations)
        self.judge = judge
        let ended = Dictionary(book.now.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var sums: [ForecastCategory?: SlipSums] = [nil: SlipSums()]
        fates = book.then.map { Fate(deal: $0, slip: judge.fate(of: $0.id)) }
        for fate in fates {
            let wonFor = ended[fate.slip.successor ?? fate.deal.id]?.amount ?? .zero
            for line in [fate.deal.category, nil] {
                sums[line, default: SlipSums()].add(fate.slip.outcome, fate.deal.amount, wonFor: wonFor)
            }
        }
        self.sums = sums
        let origin = OriginJudge(
            period: book.period, firstKnown: book.firstKnown, createdDays: request.createdDays,
            pasts: book.pasts, recreations: book.recreations)
        var origins = OriginSums()
        bookings = book.now.filter { $0.category == .closed }.map {
            Booking(deal: $0, origin: origin.origin(of: $0.id))
        }
        for booking in bookings {
            let closed = book.pasts[booking.deal.id]?.state(on: book.end)?.closeDate
            origins.add(
                booking.origin, booking.deal.amount,
                isCreatedLate: closed.flatMap { origin.isCreatedLate(booking.deal.id, closed: $0) })
        }
        self.origins = origins
        pushes = Dictionary(grouping: book.moves, by: \.deal).mapValues { Pushes($0) }
        earlier = Dictionary(
            book.pipeline.compactMap { deal in
                book.pasts[deal.id].map { (deal.id, Hairballs.periods(of: $0, among: book.earlier)) }
            }, uniquingKeysWith: { first, _ in first })
    }
}

extension SlipBook {
    /// The period's pipeline: what is open in it in the end, of a frozen period what was when it began. Metric 1, without
    /// omitted.
    var pipeline: [NodeDeal] {
        isFinal ? then : now.filter { [.commit, .bestCase, .pipeline].contains($0.category) }
    }

    /// The day whose pipeline that is; nil where nothing is known of it.
    var pipelineDay: Day? { isFinal ? reference : end }
}
