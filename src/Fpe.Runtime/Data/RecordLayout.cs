namespace Fpe.Data;

/// <summary>The location of a sample's bytes in a file of fixed-size records.</summary>
/// <param name="Start">The first byte of the first record.</param>
/// <param name="Labels">The number of bytes of labels before the values of a sample.</param>
/// <param name="Features">The number of values of a sample, one byte each.</param>
internal readonly record struct RecordLayout(int Start, int Labels, int Features)
{
    /// <summary>The number of bytes of a record.</summary>
    public long Size => (long)Labels + Features;

    /// <summary>Returns the first byte of a record.</summary>
    public long RecordAt(int record) => Start + (record * Size);

    /// <summary>Returns the first byte of a record's values.</summary>
    public long FeaturesOf(int record) => RecordAt(record) + Labels;
}
