using Microsoft.Extensions.Logging;

namespace Fpe.Extensions.Logging.Tests;

/// <summary>A message as a logger receives it.</summary>
internal sealed record Entry(LogLevel Level, EventId Event, string Text, IReadOnlyDictionary<string, object?> Values);
