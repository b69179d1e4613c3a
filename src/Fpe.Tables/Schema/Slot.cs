namespace Fpe.Tables;

/// <summary>A column that is read.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Missing">What is done with missing values.</param>
/// <param name="IsTarget">Whether it is a target, which nothing replaces.</param>
internal sealed record Slot(string Name, CellKind Kind, Missing Missing, bool IsTarget = false)
{
    /// <summary>What can be done about missing values, for messages.</summary>
    public string Remedies => IsTarget ? "Missing.DropRow" : Kind == CellKind.Text ? "Missing.Category or Missing.DropRow" : "Missing.Mean, Missing.Median, Missing.Constant or Missing.DropRow";
}
