namespace Fpe.Tables;

/// <summary>The kinds of <see cref="Missing"/>.</summary>
internal enum MissingTreatment
{
    Refuse,
    DropRow,
    Mean,
    Median,
    Constant,
    Category,
}
