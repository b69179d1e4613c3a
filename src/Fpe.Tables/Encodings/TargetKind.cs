namespace Fpe.Tables;

/// <summary>The kinds of targets in files.</summary>
internal enum TargetKind
{
    Class,
    Numbers,
    Labels,
    LabelList,
}
