/* The inbox, its consumers and the dead letters, as a model that Spin searches through. A log holds what the outbox
   promises (see outbox.pml): the first occurrences of each key in order, and duplicates anywhere. Two consumers read it,
   one of them the partition's owner and the other perhaps one that has not noticed yet; someone replays dead letters, and
   the service itself tries again what waits for somebody else's lock.

   What must hold, whatever happens:
     - an event is applied at most once, and after the earlier ones of its key;
     - a dead letter is of an event that was not applied;
     - in the end every event is applied, and nothing waits behind a key that nobody will replay.

   A mutant is the model with one mistake, chosen by -DNAME; ./check sees to it that each is refuted. */

#define EVENTS 3 /* 0 and 1 are of key 0, in this order; 2 is of key 1 */
#define KEYS 2
#define FREE 0
#define keyOf(e) (e / 2)

#ifndef RECORDS
#define RECORDS 4
#endif
#ifndef FAULTS
#define FAULTS 2 /* crashes, rebalances, transient failures, locks, lost answers: this many in one run, anywhere */
#endif

mtype = { NONE, DEAD, PARKED, WAITING, SETTLED };

/* The topic, and the group's offset in it. */
byte log[RECORDS];
byte offset;
byte owner;

/* The consumer's database. A mark or a lock belongs to the transaction that has it until that ends. */
bool marked[EVENTS];
byte markLock[EVENTS];
bool applied[EVENTS];
mtype letter[EVENTS] = NONE;
bool blocked[KEYS];
byte blockLock[KEYS];

byte poison = EVENTS;     /* an event whose handler fails until somebody mends the cause; EVENTS: none */
byte faults = FAULTS;

#define fault faults > 0 -> faults--

inline apply(e) {
    assert(!applied[e]);
    assert(e != 1 || applied[0]);
    applied[e] = true
}

/* Also what the database does with the transaction of a process that is gone. */
inline release() {
    d_step {
        markLock[0] = (markLock[0] == _pid -> FREE : markLock[0]);
        markLock[1] = (markLock[1] == _pid -> FREE : markLock[1]);
        markLock[2] = (markLock[2] == _pid -> FREE : markLock[2]);
        blockLock[0] = (blockLock[0] == _pid -> FREE : blockLock[0]);
        blockLock[1] = (blockLock[1] == _pid -> FREE : blockLock[1])
    }
}

#ifdef DEDUP_ON_OFFSET
#define is_duplicate false
#else
#define is_duplicate marked[e]
#endif

/* Inbox.receive with a batch of one: what a batch adds is speed, in the same transaction. */
proctype consumer() {
    byte e, at;
    bool dead, aside;

end:
    do
    :: atomic { owner == _pid && offset < RECORDS -> at = offset; e = log[at]; dead = false; aside = false };
#ifdef OFFSET_BEFORE_EFFECT
        offset = at + 1;
#endif

        /* ProcessedMessages.mark: whoever inserts the mark goes on, and a second one waits for the first */
claim:  skip;
#ifndef NO_DEDUP
#ifndef MARKS_LAST
        atomic { markLock[e] == FREE -> markLock[e] = _pid };
#endif
        if
#ifdef BURY_UNLOOKED
        :: is_duplicate && !dead && !aside -> goto commit_offset
        :: !is_duplicate || dead || aside
#else
        :: is_duplicate -> goto commit_offset
        :: !is_duplicate
#endif
        fi;
#ifdef DEDUP_IN_A_TRANSACTION_OF_ITS_OWN
        d_step { marked[e] = true; markLock[e] = FREE };
        if
        :: d_step { fault }; goto gone
        :: true
        fi;
#endif
#endif
        if
        :: dead -> /* BatchTransaction.bury */
            atomic { blockLock[keyOf(e)] == FREE -> blockLock[keyOf(e)] = _pid };
#ifdef SKIP_POISON
            d_step { marked[e] = true };
#else
            d_step { marked[e] = true; letter[e] = DEAD; blocked[keyOf(e)] = true; assert(!applied[e]) };
#endif
            goto commit_offset
        :: aside -> /* BatchTransaction.setAside */
            atomic { blockLock[keyOf(e)] == FREE -> blockLock[keyOf(e)] = _pid };
            if
            :: blocked[keyOf(e)] -> goto park
            :: else
            fi;
            d_step {
                marked[e] = true;
                letter[e] = WAITING;
#ifndef WAITING_OVERTAKEN
                blocked[keyOf(e)] = true;
#endif
                assert(!applied[e]) };
            goto commit_offset
        :: else
        fi;

        /* BlockedKeys.lock: for update, so that park and replay meet on one row */
#ifdef PARK_WITHOUT_LOCK
        if
        :: blocked[keyOf(e)] -> skip; goto park
        :: else
        fi;
#else
        atomic { !blocked[keyOf(e)] || blockLock[keyOf(e)] == FREE ->
            if
            :: blocked[keyOf(e)] -> blockLock[keyOf(e)] = _pid; goto park
            :: else
            fi };
#endif

        if /* Handling.handle: prepare, decide, flush, OutboxTable.write; then commit; offsets only after it */
        :: e != poison -> d_step { apply(e); marked[e] = true }
        :: e == poison -> release(); dead = true; goto claim
        :: d_step { e != poison && faults > 0 -> faults-- };
#ifdef RETRY_OVERTAKES
            goto retry_later
#else
            release(); goto gone /* rolled back; the batch comes again */
#endif
        :: d_step { fault }; release(); aside = true; goto claim /* somebody holds a lock */
        :: d_step { e != poison && faults > 0 -> faults--; apply(e); marked[e] = true }; release();
            dead = true; goto claim /* committed, but the answer was lost, and the failure is taken for the event's */
        fi;
        goto commit_offset;

park:   skip;
        d_step { marked[e] = true; letter[e] = PARKED };

commit_offset: skip; /* the transaction has committed */
        release();
        if
        :: d_step { fault }; goto gone /* before the offset is committed */
        :: true
        fi;
        atomic {
            if
            :: owner == _pid && offset <= at -> offset = at + 1
            :: else /* the partition is another's by now, and the broker refuses */
            fi };
        goto gone;
#ifdef RETRY_OVERTAKES
retry_later: skip;
        release();
        d_step { offset = at + 1 };
        do /* from a topic of its own, as the next records pass */
        :: atomic { markLock[e] == FREE -> markLock[e] = _pid; break }
        od;
        if
        :: marked[e] -> skip
        :: else -> d_step { apply(e); marked[e] = true }
        fi;
        release();
#endif
gone:   skip;
        release();
        d_step { e = 0; at = 0; dead = false; aside = false }
    od
}

/* The group gives the partition to the other consumer, who starts at the committed offset; the first one may be in the
   middle of a transaction and does not know. */
proctype group(byte one, other) {
end:
    do
    :: d_step { fault; owner = (owner == one -> other : one) }
    od
}

#define open(e) (letter[e] == DEAD || letter[e] == PARKED || letter[e] == WAITING)

/* WaitingEvents.retry: in one transaction, with the lock on the key. What is behind takes its place. */
inline retried(e, follower) {
    atomic { blockLock[keyOf(e)] == FREE -> blockLock[keyOf(e)] = _pid };
    if
    :: d_step { letter[e] == WAITING && e != poison -> apply(e); letter[e] = NONE;
#ifndef NO_SUCCESSOR
            if
            :: follower != e && letter[follower] == PARKED -> letter[follower] = WAITING
            :: else
            fi;
#endif
            blocked[keyOf(e)] = (follower != e && open(follower))
        }
    :: d_step { letter[e] == WAITING && e == poison -> letter[e] = DEAD }
    :: d_step { fault } /* a crash, or the lock is still held */
    :: letter[e] != WAITING /* somebody was quicker */
    fi;
    release()
}

proctype waiting() {
end:
    do
    :: letter[0] == WAITING -> retried(0, 1)
    :: letter[1] == WAITING && !open(0) -> retried(1, 1)
    :: letter[2] == WAITING -> retried(2, 2)
    od
}

/* What needs a person: a dead letter, and what is left of a key whose replay has crashed. */
#define forPerson (letter[0] == DEAD || letter[1] == DEAD || letter[0] == SETTLED && open(1))

/* DeadLetterDesk.replay, for key 0, the only one that can have followers. The cause is mended before. */
proctype replay() {
    byte e;
end:
    do
    :: forPerson -> poison = EVENTS;
#ifdef UNBLOCK_FIRST
        atomic { blockLock[0] == FREE -> blocked[0] = false };
        do
        :: open(0) -> d_step { apply(0); letter[0] = SETTLED }
        :: !open(0) && open(1) -> d_step { apply(1); letter[1] = SETTLED }
        :: !open(0) && !open(1) -> break
        od
#else
endKey: atomic { blocked[0] && blockLock[0] == FREE -> blockLock[0] = _pid };
        if
        :: d_step { /* one transaction, which settles the last letter and unblocks the key */
            e = (open(0) -> 0 : 1);
            if
            :: open(e) -> apply(e); letter[e] = SETTLED
            :: else
            fi;
#ifdef UNBLOCK_AFTER_EACH
            blocked[0] = false
#else
            if
            :: !open(0) && !open(1) -> blocked[0] = false
            :: else
            fi
#endif
            }
        :: d_step { fault } /* a crash before it commits */
        fi;
        release()
#endif
    :: d_step { letter[2] == DEAD -> poison = EVENTS; apply(2); letter[2] = SETTLED; blocked[1] = false }
    od
}

init {
    byte i, known;
    /* any log with a duplicate somewhere */
    do
    :: i < RECORDS && (EVENTS - known) < RECORDS - i && known > 0 -> log[i] = 0; i++
    :: i < RECORDS && (EVENTS - known) < RECORDS - i && known > 1 -> log[i] = 1; i++
    :: i < RECORDS && known < EVENTS -> log[i] = known; known++; i++
    :: i == RECORDS -> break
    od;
    if
    :: poison = 0
    :: poison = 1
    :: poison = 2
    :: poison = EVENTS
    fi;
    atomic {
        byte one, other;
        one = run consumer();
        other = run consumer();
        owner = one;
        run group(one, other);
        run replay();
        run waiting()
    }
    timeout -> d_step {
        i = 0;
        do
        :: i < EVENTS ->
            assert(applied[i]);
            assert(!open(i));
            i++
        :: else -> break
        od;
        assert(!blocked[0] && !blocked[1])
    }
}
