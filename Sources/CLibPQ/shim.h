#ifndef BELLWETHER_CLIBPQ_SHIM_H
#define BELLWETHER_CLIBPQ_SHIM_H

#include <libpq-fe.h>

// Swift does not import character macros, so the codes of an error's fields are constants here.
static const int DIAG_SEVERITY = PG_DIAG_SEVERITY_NONLOCALIZED;
static const int DIAG_SQLSTATE = PG_DIAG_SQLSTATE;
static const int DIAG_MESSAGE = PG_DIAG_MESSAGE_PRIMARY;
static const int DIAG_DETAIL = PG_DIAG_MESSAGE_DETAIL;
static const int DIAG_HINT = PG_DIAG_MESSAGE_HINT;
static const int DIAG_POSITION = PG_DIAG_STATEMENT_POSITION;
static const int DIAG_CONTEXT = PG_DIAG_CONTEXT;
static const int DIAG_SCHEMA = PG_DIAG_SCHEMA_NAME;
static const int DIAG_TABLE = PG_DIAG_TABLE_NAME;
static const int DIAG_COLUMN = PG_DIAG_COLUMN_NAME;
static const int DIAG_CONSTRAINT = PG_DIAG_CONSTRAINT_NAME;

// One face for the two generations of cancel requests. Since libpq 17 a request travels over the
// same TLS as its connection; PQcancel sends the key in the clear.
#ifdef LIBPQ_HAS_ASYNC_CANCEL
static inline void *cancel_request_create(PGconn *connection) {
    return PQcancelCreate(connection);
}

static inline int cancel_request_send(void *request) {
    PGcancelConn *cancel = (PGcancelConn *)request;
    int sent = PQcancelBlocking(cancel);
    PQcancelReset(cancel);
    return sent;
}

static inline void cancel_request_free(void *request) {
    PQcancelFinish((PGcancelConn *)request);
}
#else
static inline void *cancel_request_create(PGconn *connection) {
    return PQgetCancel(connection);
}

static inline int cancel_request_send(void *request) {
    char reason[256];
    return PQcancel((PGcancel *)request, reason, sizeof reason);
}

static inline void cancel_request_free(void *request) {
    PQfreeCancel((PGcancel *)request);
}
#endif

#endif
