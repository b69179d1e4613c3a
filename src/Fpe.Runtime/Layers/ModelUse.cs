namespace Fpe;

/// <summary>What a call does with a model, as worded in the message of <see cref="ModelInUseException"/>.</summary>
/// <param name="Action">What the model cannot do, after "cannot": "predict", "be saved".</param>
/// <param name="Activity">What the model is doing, after "it is": "predicting", "being saved".</param>
internal sealed record ModelUse(string Action, string Activity)
{
    // Read the model.
    public static readonly ModelUse Predicting = new("predict", "predicting");
    public static readonly ModelUse Evaluating = new("be evaluated", "being evaluated");
    public static readonly ModelUse Copying = new("be copied", "being copied");
    public static readonly ModelUse Saving = new("be saved", "being saved");
    public static readonly ModelUse Reading = new("be read", "being read");

    // Change the model.
    public static readonly ModelUse Training = new("be trained", "being trained");
    public static readonly ModelUse Expanding = new("be expanded", "being expanded");
    public static readonly ModelUse Loading = new("load weights", "loading weights");
    public static readonly ModelUse Overwriting = new("take over the weights of another model", "taking over the weights of another model");
    public static readonly ModelUse Changing = new("be changed", "being changed");
}
