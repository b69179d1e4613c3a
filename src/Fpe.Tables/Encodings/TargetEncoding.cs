using Fpe.Data;

namespace Fpe.Tables;

/// <summary>How a target becomes classes or target values, as it was learned from training rows.</summary>
internal abstract class TargetEncoding
{
    /// <summary>The target, with everything that was learned of its columns as if it had been given.</summary>
    public abstract TargetColumns Target { get; }

    /// <summary>The names of classes, labels or target values.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>The task of a model; null if it depends on its outputs.</summary>
    public abstract ModelTask? Task { get; }

    /// <summary>Reads classes or target values.</summary>
    /// <exception cref="TableValueException">A value is missing or unknown.</exception>
    public abstract TargetValues Read(Table table);

    /// <summary>Returns what is saved.</summary>
    public abstract TargetRecord ToRecord();
}
