using Fpe.Counting;
using Fpe.Generators.Model;
using Fpe.Generators.Naming;

namespace Fpe.Generators.Emit;

/// <summary>Writes the class of a block without errors.</summary>
internal static class BlockEmitter
{
    public static void Emit(SourceWriter writer, BlockSpec block)
    {
        ModelGraph graph = block.Graph;
        WeightCounts counts = block.Count(graph);
        var wording = new Wording(block, graph, counts);
        var members = new MemberEmitter(writer, block, wording);

        writer.Summary(wording.OfBlock());
        writer.Line(TypeNames.GeneratedCode);
        writer.Line(block.Type.Header);
        writer.Open();
        members.EmitShape("The number of outputs per sample in the dense parent.");
        members.Constant("long", MemberNames.DenseWeights, counts.Dense, wording.OfDenseWeights());
        members.Constant("long", MemberNames.DenseBiases, counts.DenseBiases, wording.OfDenseBiases());
        members.EmitFields();
        writer.Line($"""
            /// <summary>Finds the layers of one use of the block.</summary>
            /// <param name="model">The model that uses it.</param>
            /// <param name="first">The position of its first layer in the model.</param>
            internal {Identifier.Escape(block.Type.Name)}({TypeNames.Model} model, int first)
            """);
        writer.Open();
        members.EmitAssignments();
        writer.Close();
        writer.Line();
        members.EmitProperties();
        writer.Close();
    }
}
