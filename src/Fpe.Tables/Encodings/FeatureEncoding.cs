namespace Fpe.Tables;

/// <summary>How a feature becomes values of samples, as it was learned from training rows.</summary>
internal abstract class FeatureEncoding
{
    /// <summary>The feature, with everything that was learned of its columns as if it had been given.</summary>
    public abstract FeatureColumns Feature { get; }

    /// <summary>The name of each value.</summary>
    public abstract IReadOnlyList<string> ValueNames { get; }

    /// <summary>The number of different tokens; null if the values are numbers.</summary>
    public virtual int? Vocabulary => null;

    /// <summary>The number of values.</summary>
    public int Width => ValueNames.Count;

    /// <summary>Whether a value is a measured number, which a standardisation changes.</summary>
    public virtual bool IsMeasured(int value) => false;

    /// <summary>Writes the values of all rows.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="samples">Samples, row by row, which are 0 so far.</param>
    /// <param name="first">The first of this feature's values in a sample.</param>
    /// <param name="width">The number of values per sample.</param>
    /// <exception cref="TableValueException">A value is missing or unknown.</exception>
    public abstract void Write(Table table, float[] samples, int first, int width);

    /// <summary>Returns what is saved.</summary>
    public abstract FeatureRecord ToRecord();
}
