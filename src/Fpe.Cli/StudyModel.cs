using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe.Cli;

/// <summary>A model class that a study can run.</summary>
public sealed class StudyModel
{
    private readonly Func<long, Device, Model> create;

    private StudyModel(ModelPlan plan, Func<long, Device, Model> create)
    {
        Plan = plan;
        this.create = create;
    }

    /// <summary>Gets the plan of the model.</summary>
    public ModelPlan Plan { get; }

    /// <summary>The first expanded layer, which represents all of them.</summary>
    internal LinearPlan ExpandedLayer => Plan.Linears.First(layer => layer.Expansion.IsExpanded);

    /// <summary>A short description of the expansion, such as <c>× 4 random</c>.</summary>
    internal string ExpansionLabel
    {
        get
        {
            ExpansionPlan expansion = ExpandedLayer.Expansion;
            string label = $"× {expansion.Factor} {EnumWord.Of(expansion.Strategy)}";
            if (expansion.Share > 1)
                label += $", share {expansion.Share}";
            return expansion.Outgoing == Outgoing.Prune ? label : $"{label}, {EnumWord.Of(expansion.Outgoing)}";
        }
    }

    /// <summary>Creates a study model from a model class.</summary>
    /// <typeparam name="TModel">A class with <see cref="ModelAttribute"/> that has at least one expanded layer.</typeparam>
    /// <exception cref="ArgumentException">No layer is expanded, so there is nothing to compare.</exception>
    public static StudyModel Of<TModel>()
        where TModel : Model, IModel<TModel> =>
        TModel.Plan.IsExpanded
            ? new StudyModel(TModel.Plan, TModel.Create)
            : throw new ArgumentException($"{TModel.Plan.Name} expands no layer, so there is nothing to compare; add [Expand(factor: …)] to a hidden layer.");

    /// <summary>Creates an initialised dense parent.</summary>
    internal Model Create(long seed, Device device) => create(seed, device);
}
