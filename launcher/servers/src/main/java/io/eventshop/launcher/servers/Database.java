package io.eventshop.launcher.servers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.regex.Pattern;

/// A PostgreSQL database and the role that it is used by.
///
/// @param url for JDBC
public record Database(String url, String username, String password) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    /// A database of a server of this machine, with a role of the same name.
    public static Database onLoopback(int port, String name, String password) {
        return new Database(
                "jdbc:postgresql://localhost:%d/%s".formatted(port, name), name, password);
    }

    /// The caller closes it.
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, username, password);
    }

    /// The same, but a server that does not answer is given up.
    public Connection connect(Duration answerLimit) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", username);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", Long.toString(answerLimit.toSeconds()));
        properties.setProperty("socketTimeout", Long.toString(answerLimit.toSeconds()));
        return DriverManager.getConnection(url, properties);
    }

    /// Makes another database on the same server and the role of the same name that owns it, where
    /// they are missing, and sets the role's password. The role can connect to that database only.
    /// This database's role has to be a superuser.
    ///
    /// @param name lower-case letters, digits and underscores
    public Database database(String name, String password) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name for a database: " + name);
        }
        try (var connection = connect()) {
            if (!exists(connection, "select 1 from pg_roles where rolname = ?", name)) {
                execute(connection, "create role " + name + " login");
            }
            var quoted = "'" + password.replace("'", "''") + "'";
            execute(connection, "alter role " + name + " password " + quoted);
            if (!exists(connection, "select 1 from pg_database where datname = ?", name)) {
                execute(connection, "create database " + name + " owner " + name);
            }
            execute(connection, "revoke all on database " + name + " from public");
            execute(connection, "revoke connect on database postgres, template1 from public");
            return new Database(sibling(name), name, password);
        } catch (SQLException e) {
            throw new IllegalStateException("database " + name + " cannot be made", e);
        }
    }

    private String sibling(String name) {
        return url.replaceFirst("/[^/?]*(\\?.*)?$", "/" + name);
    }

    private static boolean exists(Connection connection, String query, String name)
            throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
