namespace Fpe.Data;

/// <summary>Where the bytes of a sample are in a file of records of one size.</summary>
/// <param name="Start">First byte of the first record.</param>
/// <param name="Labels">Bytes of labels before the values of a sample.</param>
/// <param name="Features">Values of a sample, a byte each.</param>
internal readonly record struct RecordLayout(int Start, int Labels, int Features)
{
    /// <summary>Bytes of a record.</summary>
    public long Size => (long)Labels + Features;

    /// <summary>First byte of a record.</summary>
    public long RecordAt(int record) => Start + (record * Size);

    /// <summary>First byte of a record's values.</summary>
    public long FeaturesOf(int record) => RecordAt(record) + Labels;
}
