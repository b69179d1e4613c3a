namespace Fpe.Tables;

/// <summary>The kinds of features in files.</summary>
internal enum FeatureKind
{
    Number,
    OneHot,
    Tokens,
}
