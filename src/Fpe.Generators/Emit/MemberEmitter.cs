using System.Collections.Generic;
using System.Linq;
using Fpe.Counting;
using Fpe.Generators.Kinds;
using Fpe.Generators.Model;
using Fpe.Generators.Naming;
using static System.FormattableString;

namespace Fpe.Generators.Emit;

/// <summary>Writes the properties of a model or block, and the fields behind them.</summary>
internal sealed class MemberEmitter(SourceWriter writer, ClassSpec spec, Wording wording)
{
    /// <summary>Writes the constants that a model and a block have in common.</summary>
    /// <param name="outputs">The documentation of the number of outputs.</param>
    public void EmitShape(string outputs)
    {
        Constant("int", MemberNames.InputCount, spec.Sample.Count, wording.OfInputCount());
        if (spec.Sample is { IsSequence: false, Image: { } image })
        {
            Constant("int", MemberNames.InputChannels, image.Channels, "The number of channels of an image.");
            Constant("int", MemberNames.InputHeight, image.Height, "The number of rows of an image.");
            Constant("int", MemberNames.InputWidth, image.Width, "The number of columns of an image.");
        }

        Constant("int", MemberNames.OutputCount, spec.Plans[spec.Plans.Count - 1].Outputs, outputs);
    }

    public void Constant(string type, string name, long value, string summary)
    {
        writer.Summary(summary);
        writer.Line(Invariant($"public const {type} {name} = {value};"));
        writer.Line();
    }

    public void EmitFields()
    {
        foreach (MemberSpec member in spec.Members)
            writer.Line($"private readonly {TypeOf(member)} {member.FieldName};");
        writer.Line();
    }

    /// <summary>Writes the statements of a constructor that set the fields.</summary>
    public void EmitAssignments()
    {
        foreach (MemberSpec member in spec.Members)
            writer.Line($"{member.FieldName} = {ValueOf(member)};");
    }

    public void EmitProperties()
    {
        for (int m = 0; m < spec.Members.Count; m++)
        {
            MemberSpec member = spec.Members[m];
            if (m > 0)
                writer.Line();
            writer.Summary(member is UseSpec use ? wording.OfUse(use) : wording.OfLayer(member.First));
            string modifiers = member.Modifiers.Length == 0 ? string.Empty : member.Modifiers + " ";
            writer.Line($"{modifiers}partial {TypeOf(member)} {Identifier.Escape(member.Name)} => {member.FieldName};");
        }
    }

    private string TypeOf(MemberSpec member) => member is not UseSpec use ? LayerKinds.Of(spec.Plans[member.First]).TypeName
        : use.IsRepeated ? TypeNames.ListOf(use.BlockType)
        : use.BlockType;

    private string ValueOf(MemberSpec member)
    {
        bool isBlock = spec is BlockSpec;
        if (member is not UseSpec use)
            return isBlock ? $"({TypeOf(member)})model.Layers[{Position(member.First)}]" : $"LayerAt<{TypeOf(member)}>({Position(member.First)})";
        string model = isBlock ? "model" : "this";
        IEnumerable<string> uses = use.Starts.Select(start => $"new({model}, {Position(start)})");
        return use.IsRepeated ? $"[{string.Join(", ", uses)}]" : uses.Single();
    }

    private string Position(int layer) => spec is BlockSpec ? Invariant($"first + {layer}") : Invariant($"{layer}");
}
