using Microsoft.Extensions.Logging;

namespace Fpe.Extensions.Logging.Tests;

/// <summary>Keeps every message from a level on.</summary>
internal sealed class ListLogger(LogLevel least) : ILogger
{
    public List<Entry> Entries { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            Entries.Add(new Entry(logLevel, eventId, formatter(state, exception), ((IReadOnlyList<KeyValuePair<string, object?>>)state!).ToDictionary()));
    }
}
