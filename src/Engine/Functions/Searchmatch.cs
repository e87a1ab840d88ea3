using Karst.Engine.Expressions;
using Karst.Engine.Running;
using Karst.Engine.Search;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Functions;

/// <summary>Tells whether the row matches a search, by the rules of `search`.</summary>
sealed class Searchmatch : Function
{
    public override string Name => "searchmatch";

    public override string Usage => "searchmatch(\"<search>\")";

    public override string Summary => "Tells whether the row matches a search, by the rules of `search`.";

    public override (int Least, int Most) Arity => (1, 1);

    public override bool IsBoolean => true;

    public override Evaluator Bind(EvalCall call, Evaluator[] arguments, ExpressionBinder binder)
    {
        if (call.Arguments[0] is not EvalText text) throw ExpressionErrors.BadArgument(Name, "a search in quotes", ExpressionText.Of(call.Arguments[0]), call.Span);
        try
        {
            var filter = PredicateBinder.BindText(text.Value);
            return new SearchmatchEvaluator(filter.Root, [.. filter.Fields.Select(binder.SlotOf)]);
        }
        catch (SplException error)
        {
            throw ExpressionErrors.BadArgument(Name, $"a search that can be read ({error.Diagnostic.Message})", text.Value, text.Span);
        }
    }

    sealed class SearchmatchEvaluator(Predicate filter, int[] slots) : Evaluator
    {
        public override bool IsBoolean => true;

        public override Value Evaluate(in Row row)
        {
            // The filter counts its fields from 0 on, whatever their places in the expression.
            var columns = new Column?[slots.Length];
            for (var slot = 0; slot < columns.Length; slot++) columns[slot] = row.Columns[slots[slot]];
            return Value.FromBool(filter.Matches(new Row(columns, row.Index, row.Run)));
        }
    }
}
