import Model
import Postgres

extension Warehouse {
    /// The SQL of `dealsToReconcile`: $1 the period's first day, $2 the day after its last.
    public static let dealsToReconcileSQL = """
        \(dealColumns)
        where (kind = 'won' and close_date >= $1::date and close_date < $2::date)
            or (source, id) in (
                select booking.source, booking.opportunity_id
                from bellwether.booking
                where booking.booked_date >= $1::date and booking.booked_date < $2::date)
        order by source, id
        """

    /// The won deals that close in a period, and every other deal with an order that is booked in it.
    ///
    /// Source: views `bellwether.deal` and `bellwether.booking`, as of the point read last.
    public func dealsToReconcile(
        in period: Period, at point: ReadPoint
    ) throws(BellwetherError) -> [DealRow] {
        try dealRows(Self.dealsToReconcileSQL, [.date(period.start), .date(period.end)])
    }

    /// The SQL of `ordersToReconcile`: $1 the period's first day, $2 the day after its last.
    public static let ordersToReconcileSQL = """
        with booked as (
            select booking.source, booking.opportunity_id
            from bellwether.booking
            where booking.booked_date >= $1::date and booking.booked_date < $2::date
        ),

        own as (
            select booking.source, booking.id, booking.order_id
            from bellwether.booking
            where (booking.booked_date >= $1::date and booking.booked_date < $2::date)
                or (booking.source, booking.opportunity_id) in (select source, opportunity_id from booked)
                or (booking.source, booking.opportunity_id) in (
                    select deal.source, deal.id
                    from bellwether.deal_state as deal
                    where deal.kind = 'won' and deal.close_date >= $1::date and deal.close_date < $2::date)
        )

        select
            source, id, case when is_deal_known then opportunity_id end as opportunity_id, order_id,
            coalesce(account_name, account_id) as account, booked_date, amount, currency, amount_company
        from bellwether.booking_amount
        where (source, id) in (select source, id from own)
            or (source, order_id) in (select source, order_id from own)
        order by source, id
        """

    /// The orders that are booked in a period, all others of their deals and of the won deals that close in it, and those
    /// that share a number with one of all these. An order whose deal is not there names none.
    ///
    /// Source: view `bellwether.booking_amount`, as of the point read last.
    public func ordersToReconcile(
        in period: Period, at point: ReadPoint
    ) throws(BellwetherError) -> [Order] {
        try rows(Self.ordersToReconcileSQL, [.date(period.start), .date(period.end)]) {
            row throws(DatabaseError) in
            Order(
                id: RecordID(source: try row.decode("source"), id: try row.decode("id")),
                deal: try row.key("source", "opportunity_id"), number: try row.decode("order_id"),
                account: try row.decode("account"), day: try row.decode("booked_date"),
                amount: try row.decode("amount"), currency: try row.decode("currency"),
                companyAmount: try row.decode("amount_company"))
        }
    }

    /// Count and sum of all orders that are booked in a period: what `ordersToReconcile` has to come to.
    ///
    /// Source: view `bellwether.booking_amount`, as of the point read last.
    public func orderTotal(in period: Period, at point: ReadPoint) throws(BellwetherError) -> DealSum {
        try rows(
            """
            select count(*) as orders, coalesce(sum(amount_company), 0) as amount
            from bellwether.booking_amount
            where booked_date >= $1::date and booked_date < $2::date
            """, [.date(period.start), .date(period.end)]
        ) { row throws(DatabaseError) in
            DealSum(count: try row.decode("orders"), amount: try row.decode("amount"))
        }.first ?? .none
    }

    /// How far finance's books are known as of the point read: the newest live snapshot of them up to the day read, nil
    /// without one, and how many orders say no day.
    public func bookState(at point: ReadPoint) throws(BellwetherError) -> (newest: Day?, undated: Int) {
        let newest = try single(
            "select max(day) as value from bellwether.live_snapshot where entity = 'booking' and day <= $1",
            [.date(point.asOf)], as: Day?.self)
        let undated = try single(
            "select count(*) as value from bellwether.booking where booked_date is null", as: Int.self)
        return (newest, undated)
    }
}
