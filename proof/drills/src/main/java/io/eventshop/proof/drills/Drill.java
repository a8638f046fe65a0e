package io.eventshop.proof.drills;

import java.io.IOException;
import java.sql.SQLException;

/// A famous failure, to be looked at: a drill breaks the running demo in one way, shows tables,
/// topics and states before and after, and says whether what was promised has happened.
///
/// Whatever becomes of it, the demo works afterwards: what a drill breaks, it breaks by [Repairs].
/// So drills can be run in any order, and again.
public interface Drill {

    /// As it is typed.
    String name();

    /// What it does to the demo.
    String breaks();

    /// The failure that systems of this kind are known for.
    String standsFor();

    /// Tells what it promises and whether that is kept to the bench's story.
    ///
    /// @return what was to be seen, for who has just seen it
    /// @throws io.eventshop.launcher.demo.Refusal if the demo is not one that it can be done to, or
    ///   something was waited for in vain
    String run(Bench bench) throws IOException, SQLException, InterruptedException;
}
