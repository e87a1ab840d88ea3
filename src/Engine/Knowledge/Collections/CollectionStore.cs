using Microsoft.Data.Sqlite;

namespace Karst.Engine.Knowledge.Collections;

/// <summary>
/// The KV store of a state folder: every collection in one SQLite file, a document (JSON) a record, in the order in which they were first written.
/// A write is one transaction. What SQLite cannot do is an <see cref="IOException"/>.
/// </summary>
sealed class CollectionStore(string folder)
{
    const string Schema = "CREATE TABLE IF NOT EXISTS documents (place INTEGER PRIMARY KEY AUTOINCREMENT, collection TEXT NOT NULL, key TEXT NOT NULL, document TEXT NOT NULL, UNIQUE (collection, key))";

    readonly string _path = Path.Combine(folder, "collections.db");

    /// <summary>The records of a collection by their keys; none when nobody has written to it.</summary>
    internal IReadOnlyList<(string Key, string Document)> Read(string collection)
    {
        if (!File.Exists(_path)) return [];
        return Do(SqliteOpenMode.ReadOnly, connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT key, document FROM documents WHERE collection = $collection ORDER BY place";
            command.Parameters.AddWithValue("$collection", collection);
            using var reader = command.ExecuteReader();
            var records = new List<(string, string)>();
            while (reader.Read()) records.Add((reader.GetString(0), reader.GetString(1)));
            return records;
        });
    }

    /// <summary>Writes records; those whose key is there already take the place of the old ones. With <paramref name="replaces"/> all others go. A record without a key gets one.</summary>
    internal void Write(string collection, IEnumerable<(string? Key, string Document)> records, bool replaces)
    {
        Directory.CreateDirectory(folder);
        Do(SqliteOpenMode.ReadWriteCreate, connection =>
        {
            Execute(connection, null, Schema);
            using var transaction = connection.BeginTransaction();
            if (replaces) Execute(connection, transaction, "DELETE FROM documents WHERE collection = $collection", ("$collection", collection));
            using var insert = connection.CreateCommand();
            insert.Transaction = transaction;
            // Splunk's own keys are random; those of the next place are the same in every run.
            insert.CommandText = "INSERT INTO documents (collection, key, document) VALUES ($collection, coalesce($key, printf('%024x', coalesce((SELECT max(place) FROM documents), 0) + 1)), $document)"
                + " ON CONFLICT (collection, key) DO UPDATE SET document = excluded.document";
            insert.Parameters.AddWithValue("$collection", collection);
            var keyParameter = insert.Parameters.Add("$key", SqliteType.Text);
            var documentParameter = insert.Parameters.Add("$document", SqliteType.Text);
            foreach (var (key, document) in records)
            {
                keyParameter.Value = (object?)key ?? DBNull.Value;
                documentParameter.Value = document;
                insert.ExecuteNonQuery();
            }
            transaction.Commit();
            return true;
        });
    }

    T Do<T>(SqliteOpenMode mode, Func<SqliteConnection, T> work)
    {
        try
        {
            var options = new SqliteConnectionStringBuilder { DataSource = _path, Mode = mode, Pooling = false };
            using var connection = new SqliteConnection(options.ToString());
            connection.Open();
            return work(connection);
        }
        catch (SqliteException error)
        {
            throw new IOException($"{_path}: {error.Message}", error);
        }
    }

    static void Execute(SqliteConnection connection, SqliteTransaction? transaction, string text, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        command.ExecuteNonQuery();
    }
}
