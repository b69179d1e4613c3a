namespace Fpe.Compute.Cpu;

/// <summary>Whether all lanes of a <see cref="FamilyCell"/> have edges, known at compile time.</summary>
internal interface IFamilyFill
{
    static abstract bool IsWhole { get; }
}

/// <summary>Weights have the order of lanes.</summary>
internal readonly struct Whole : IFamilyFill
{
    public static bool IsWhole => true;
}

/// <summary>Lanes without an edge have no weight.</summary>
internal readonly struct Broken : IFamilyFill
{
    public static bool IsWhole => false;
}
