package io.eventshop.messaging.database;

import javax.sql.DataSource;

/// Something that stands between the service and its connection pool. A library declares one as a
/// bean; layers are put on in the order of their `@Order`, the first one nearest to the pool.
public interface DataSourceLayer {

    /// @param inner the pool, or the layer below
    DataSource over(DataSource inner);
}
