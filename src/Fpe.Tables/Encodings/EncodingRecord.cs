namespace Fpe.Tables;

/// <summary>An encoding as it is in a file.</summary>
/// <param name="Format">The version of the format.</param>
/// <param name="Features">The features, in order.</param>
/// <param name="Target">The target; null if there is none.</param>
internal sealed record EncodingRecord(int Format, FeatureRecord[] Features, TargetRecord? Target)
{
    /// <summary>The version that is written.</summary>
    public const int CurrentFormat = 1;
}
