namespace Fpe.Research.Formulas;

/// <summary>A Boolean formula is not well formed, or samples as wanted cannot be drawn from it.</summary>
public sealed class FormulaException : FpeException
{
    /// <summary>Creates the error.</summary>
    /// <param name="problem">What is wrong, the numbers, and the fix.</param>
    public FormulaException(string problem)
        : base($"DNF formula: {problem}")
    {
    }
}
