import Model

/// The files of some nights that are written deal by deal, in the order of the nights.
struct DealSinks {
    var deals: [FileSink] = []
    var accounts: [FileSink] = []
    private var activities: [FileSink] = []
    private var calls: [FileSink] = []
    private var bookings: [FileSink] = []
    private let nights: [EventDays]

    init(
        _ nights: [EventDays], open: (SampleFile, Day) throws(BellwetherError) -> FileSink
    ) throws(BellwetherError) {
        self.nights = nights
        for night in nights.map(\.night) {
            deals.append(try open(.opportunity, night))
            accounts.append(try open(.account, night))
            activities.append(try open(.activity, night))
            calls.append(try open(.dealCall, night))
            bookings.append(try open(.booking, night))
        }
    }

    /// Each activity as the CRM has it at the end of the nights that tell of it.
    mutating func write(_ records: ActivityRecords) throws(BellwetherError) {
        for activity in records.activities {
            let places = activity.tellings.map { EventDays.place(of: $0, in: nights) }
            for (index, place) in places.enumerated() {
                // Of what was told twice since the last night the later counts.
                guard let place, !places[(index + 1)...].contains(place) else { continue }
                try activities[place].write(records.record(activity, on: activity.tellings[index]))
            }
        }
    }

    mutating func write(_ said: [(day: Day, record: [UInt8])]) throws(BellwetherError) {
        for call in said {
            guard let place = EventDays.place(of: call.day, in: nights) else { continue }
            try calls[place].write(call.record)
        }
    }

    mutating func write(_ order: (day: Day, record: [UInt8])) throws(BellwetherError) {
        guard let place = EventDays.place(of: order.day, in: nights) else { return }
        try bookings[place].write(order.record)
    }

    mutating func write(_ books: Books) throws(BellwetherError) {
        for (place, days) in nights.enumerated() {
            for record in books.strayRecords(days) { try bookings[place].write(record) }
        }
    }

    /// Closes all of them.
    mutating func closed() throws(BellwetherError) -> [FileSink] {
        var sinks = deals + accounts + activities + calls + bookings
        for index in sinks.indices { try sinks[index].close() }
        return sinks
    }
}
