/* The outbox, its relays and the broker, as a model that Spin searches through: every order of steps, with faults at
   every step. Three transactions write one event each, two of them of the same aggregate; two relays publish.

   What must hold, whatever happens:
     - what a transaction rolled back is never published;
     - the first occurrences of each key stand in the log in the order of its versions;
     - only what is in the log is deleted, and it was there to delete;
     - in the end everything committed is in the log, except behind a parked key, where it still lies in the outbox.

   A mutant is the model with one mistake, chosen by -DNAME; ./check sees to it that each is refuted. */

#define KEYS 2
#define ROWS 3
#define BATCH 2
#define FREE 0

#ifndef FAULTS
#define FAULTS 2 /* crashes, lost acknowledgements, ended sessions, rollbacks: this many in one run, anywhere */
#endif

mtype = { ABSENT, OPEN, COMMITTED, DELETED };

/* The database. A row's index is its `seq`. */
mtype row[ROWS] = ABSENT;
byte keyOf[ROWS];
byte version[ROWS];
byte nextSeq;              /* an identity: drawn by a transaction, lost by a rollback */
byte events[KEYS];         /* the counter in the aggregate's root row */
byte rootLock[KEYS];
byte shardLock = FREE;     /* pg_try_advisory_xact_lock */
bool parked[KEYS];
#ifdef SKIP_LOCKED
byte claimed[ROWS];
#define claimable(s) && claimed[s] == FREE
#define may_relay true
#define session_lives true
#else
#define claimable(s)
#define may_relay (shardLock == FREE)
#define session_lives (shardLock == _pid)
#endif

/* The broker. Of the log only what matters is kept. */
byte published[KEYS];      /* the newest version of the key that the log has */
bool inLog[ROWS];
byte refused = ROWS;       /* a row that is too large for the topic; ROWS: none */

byte faults = FAULTS;
bool mayRetry = true;

#define fault faults > 0 -> faults--

#ifdef PUBLISH_UNCOMMITTED
#define visible(s) (row[s] == COMMITTED || row[s] == OPEN)
#else
#define visible(s) (row[s] == COMMITTED)
#endif

/* OutboxTable.write: the root row is written first, and locked by that, so whoever writes later appends later. */
proctype transaction(byte k) {
    byte seq;
#ifdef APPEND_BEFORE_LOCK
    d_step { seq = nextSeq; nextSeq++ }
    atomic { rootLock[k] == FREE -> rootLock[k] = _pid }
#else
    atomic { rootLock[k] == FREE -> rootLock[k] = _pid }
    d_step { seq = nextSeq; nextSeq++ }
#endif
    d_step { keyOf[seq] = k; version[seq] = events[k] + 1; row[seq] = OPEN }
    if
    :: d_step { row[seq] = COMMITTED; events[k]++; rootLock[k] = FREE }
    :: d_step { fault; row[seq] = ABSENT; rootLock[k] = FREE }
    fi
}

inline append_to_log(s) {
    assert(row[s] == COMMITTED || row[s] == DELETED);
    assert(version[s] <= published[keyOf[s]] + 1);
    if
    :: version[s] == published[keyOf[s]] + 1 -> published[keyOf[s]]++
    :: else
    fi;
    inLog[s] = true
}

/* ShardQueue.oldest, or ShardQueue.only for a suspect */
inline select_rows() {
    d_step {
        n = 0; i = 0; suspect = 0;
        do
        :: suspect < ROWS && !suspects[suspect] -> suspect++
        :: else -> break
        od;
        do
        :: i < ROWS ->
            if
            :: visible(i) && !parked[keyOf[i]] && n < BATCH && i >= cursor && (suspect == ROWS || suspect == i) claimable(i) ->
                rows[n] = i; acked[n] = false; refusedToo[n] = false; n++;
#ifdef SKIP_LOCKED
                claimed[i] = _pid;
#endif
                skip
            :: else
            fi;
            i++
        :: else -> break
        od;
        i = 0; failed = false; refusal = false
    }
}

inline forget_suspects() { suspects[0] = false; suspects[1] = false; suspects[2] = false }

/* ShardQueue.delete: exactly the acknowledged rows, if the session still lives */
inline delete_acked() {
    d_step {
        i = 0;
        do
        :: i < n ->
            if
            :: acked[i] ->
                assert(row[rows[i]] == COMMITTED);
                row[rows[i]] = DELETED;
#ifdef CURSOR
                cursor = rows[i] + 1;
#endif
                suspects[rows[i]] = false
            :: else
            fi;
            i++
        :: else -> break
        od;
#ifdef RANGE_DELETE
        i = 0;
        do
        :: n > 0 && acked[n - 1] && i < rows[n - 1] ->
            if
            :: row[i] == COMMITTED && !parked[keyOf[i]] -> row[i] = DELETED
            :: else
            fi;
            i++
        :: else -> break
        od;
#endif
        i = 0
    }
}

/* RelayLoop.conclude: refused alone parks the key. In company nobody knows whose fault it is, so every unpublished row
   of the keys in question is tried alone, in order. */
#ifdef PARK_IN_COMPANY
#define refused_alone true
#else
#define refused_alone (n == 1)
#endif

inline conclude_refusal() {
    d_step {
        if
        :: refused_alone ->
            i = (refusedToo[0] -> 0 : 1);
            assert(refused < ROWS && keyOf[rows[i]] == keyOf[refused]);
            parked[keyOf[rows[i]]] = true;
            forget_suspects()
        :: else ->
            i = 0;
            do
            :: i < n ->
                if
                :: acked[i] -> skip
                :: !acked[i] && refusedToo[0] && keyOf[rows[i]] == keyOf[rows[0]] -> suspects[rows[i]] = true
                :: !acked[i] && refusedToo[1] && keyOf[rows[i]] == keyOf[rows[1]] -> suspects[rows[i]] = true
                :: else
                fi;
                i++
            :: else -> break
            od
        fi;
        i = 0
    }
}

#define work_to_do (visible(0) && !parked[keyOf[0]] && 0 >= cursor || visible(1) && !parked[keyOf[1]] && 1 >= cursor \
    || visible(2) && !parked[keyOf[2]] && 2 >= cursor || suspects[0] || suspects[1] || suspects[2])

/* RelayLoop.run, again and again */
proctype relay() {
    byte rows[BATCH];
    bool acked[BATCH], refusedToo[BATCH], suspects[ROWS];
    byte cursor, n, i, suspect;
    bool failed, refusal;

end:
    do
    :: atomic { work_to_do && may_relay -> shardLock = _pid };
        select_rows();
        if
        :: n == 0 ->
#ifdef KEEP_STALE_SUSPECTS
            if
            :: suspect < ROWS -> suspects[suspect] = false
            :: else
            fi;
#else
            forget_suspects();
#endif
            goto done
        :: else
        fi;
#ifdef DELETE_BEFORE_ACK
        d_step { acked[0] = true; acked[1] = (n == 2) };
        delete_acked();
#endif
        do /* Sending.send: one in flight, and nothing more after the first failure */
        :: i < n && !failed && rows[i] != refused ->
            if
            :: d_step { append_to_log(rows[i]); acked[i] = true; i++ }
            :: d_step { fault; append_to_log(rows[i]); failed = true } /* the acknowledgement is lost */
#ifdef GO_ON_AFTER_FAILURE
            :: d_step { fault; i++ }
#else
            :: d_step { fault; failed = true }
#endif
            :: d_step { fault; forget_suspects() }; goto done
            fi
        :: i < n && !failed && rows[i] == refused -> d_step { refusedToo[i] = true; refusal = true; failed = true }
        :: i == 0 && n == 2 && !failed && (rows[0] == refused || rows[1] == refused) -> /* in one batch */
            d_step { refusedToo[0] = true; refusedToo[1] = true; refusal = true; failed = true }
        :: else -> break
        od;
        if
        :: d_step { fault; forget_suspects() }; goto done /* between acknowledgement and delete */
        :: true
        fi;
        if
        :: atomic { session_lives ->
#ifndef DELETE_BEFORE_ACK
            delete_acked();
#endif
            if
            :: refusal -> conclude_refusal()
            :: failed && !refusal -> forget_suspects()
            :: else
            fi }
        :: !session_lives -> forget_suspects() /* the database has ended it */
        fi;
done:   skip; /* the transaction ends, whichever way, and with it the lock */
        d_step {
            if
            :: shardLock == _pid -> shardLock = FREE
            :: else
            fi;
#ifdef SKIP_LOCKED
            i = 0;
            do
            :: i < ROWS ->
                if
                :: claimed[i] == _pid -> claimed[i] = FREE
                :: else
                fi;
                i++
            :: else -> break
            od;
#endif
            n = 0; i = 0; failed = false; refusal = false; suspect = 0;
            acked[0] = false; acked[1] = false; refusedToo[0] = false; refusedToo[1] = false
        }
    od
}

/* The database ends the session of a relay that was paused for too long, or loses the last commits of the relay's in a
   crash of its own (synchronous_commit is off for them). */
proctype database() {
end:
    do
    :: d_step { shardLock != FREE && faults > 0 -> faults--; shardLock = FREE }
    :: d_step { row[0] == DELETED && faults > 0 -> faults--; row[0] = COMMITTED }
    :: d_step { row[1] == DELETED && faults > 0 -> faults--; row[1] = COMMITTED }
    od
}

/* OutboxEndpoint.retry, once, with or without the limit raised */
proctype operator() {
end:
    do
    :: d_step { mayRetry && (parked[0] || parked[1]) -> mayRetry = false; parked[0] = false; parked[1] = false }
    :: d_step { refused < ROWS && parked[0] -> refused = ROWS }
    od
}

init {
    if
    :: refused = 0
    :: refused = 1
    :: refused = ROWS
    fi;
    atomic {
        run transaction(0); run transaction(0); run transaction(1);
        run relay(); run relay(); run database(); run operator()
    }
    timeout -> d_step {
        byte s = 0;
        do
        :: s < ROWS ->
            assert(row[s] != OPEN);
            assert(row[s] != COMMITTED || parked[keyOf[s]]);
            assert(row[s] != DELETED || inLog[s]);
            s++
        :: else -> break
        od
    }
}
