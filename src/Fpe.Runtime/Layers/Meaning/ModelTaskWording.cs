namespace Fpe;

/// <summary>How messages name tasks.</summary>
internal static class ModelTaskWording
{
    /// <summary>Returns the name of a task, such as <c>binary classification</c>.</summary>
    public static string Text(this ModelTask task) => task switch
    {
        ModelTask.Classification => "classification",
        ModelTask.BinaryClassification => "binary classification",
        ModelTask.MultiLabel => "multi-label classification",
        ModelTask.Regression => "regression",
        _ => throw new ArgumentOutOfRangeException(nameof(task), task, message: null),
    };
}
