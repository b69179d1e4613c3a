using Fpe.Generators.Rules;

namespace Fpe.Generators.Declarations;

/// <summary>Reads a size.</summary>
internal static class PositiveSize
{
    /// <summary>Returns the value of the argument; 0 if it is not positive or cannot be read.</summary>
    public static int Read(DeclaredAttribute attribute, string argument, string what, string subject, Findings findings)
    {
        int? size = attribute.Value(argument, 0);
        if (size is > 0)
            return size.Value;

        if (size is null)
            findings.MarkBroken();
        else
            findings.Add(LayerRules.NotPositive, attribute.LocationOf(argument), subject, what, size);
        return 0;
    }
}
