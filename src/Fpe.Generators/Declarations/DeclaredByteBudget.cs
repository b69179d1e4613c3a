using Fpe.Generators.Naming;
using Fpe.Generators.Rules;

namespace Fpe.Generators.Declarations;

/// <summary>A <c>[ByteBudget]</c> attribute with valid arguments.</summary>
/// <param name="Attribute">The attribute.</param>
/// <param name="Bytes">The maximum number of bytes of all tables.</param>
/// <param name="Format">The numbers of the network.</param>
/// <param name="Scratch">The maximum number of bytes of the scratch memory; null if there is none.</param>
internal sealed record DeclaredByteBudget(DeclaredAttribute Attribute, long Bytes, NumberFormat Format, long? Scratch)
{
    /// <summary>Reads the attribute; returns null if an argument is not valid.</summary>
    public static DeclaredByteBudget? Read(DeclaredAttribute attribute, string subject, Findings findings)
    {
        long? bytes = Size(AttributeNames.Bytes, "the budget");
        long? scratch = attribute.Has(AttributeNames.Scratch) ? Size(AttributeNames.Scratch, AttributeNames.Scratch) : null;
        NumberFormat? format = EnumMember.Read<NumberFormat>(attribute, AttributeNames.Format, subject, findings);
        return bytes is null || format is null || (scratch is null && attribute.Has(AttributeNames.Scratch))
            ? null
            : new DeclaredByteBudget(attribute, bytes.Value, format.Value, scratch);

        long? Size(string argument, string what)
        {
            long? size = attribute.Value(argument, 0L);
            if (size is > 0)
                return size;
            if (size is null)
                findings.MarkBroken();
            else
                findings.Add(LayerRules.NotPositive, attribute.LocationOf(argument), subject, what, size);
            return null;
        }
    }
}
